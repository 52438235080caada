import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours for a terminal only. `NO_COLOR` turns them off, and `FORCE_COLOR` turns them on anywhere. */
export function colours(): Colours {
  return picocolors.createColors(isColoured());
}

export function isColoured(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return process.stdout.isTTY === true && TERM !== "dumb";
}
