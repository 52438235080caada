import type { Runtime } from "../dist/runtimes.js";

/** True to skip the tests that need the runtime. In CI they fail instead. */
export function isLeftOut({ name, program, isInstalled }: Runtime): boolean {
  const leftOut = !isInstalled && !process.env["CI"];
  if (leftOut) console.warn(`SKIPPED: everything in ${name}, because ${program} is missing`);
  return leftOut;
}
