import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours on a terminal; none elsewhere, nor with `NO_COLOR`. `FORCE_COLOR` wants them anywhere. */
export function colours(): Colours {
  return picocolors.createColors(isColoured());
}

export function isColoured(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return process.stdout.isTTY === true && TERM !== "dumb";
}
