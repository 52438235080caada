import type { Runtime } from "../dist/runtimes.js";

/** Whether to leave out what needs the runtime: in CI it fails instead. */
export function isLeftOut({ name, program, isInstalled }: Runtime): boolean {
  const leftOut = !isInstalled && !process.env["CI"];
  if (leftOut) console.warn(`SKIPPED: everything in ${name}, since there is no ${program}`);
  return leftOut;
}
