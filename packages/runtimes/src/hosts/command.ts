// Node, Bun and Deno: options as the argument, the report on standard output.

import { run } from "bundled:run";
import { argv } from "node:process";

console.log(JSON.stringify(await run(JSON.parse(argv[2] ?? ""))));
