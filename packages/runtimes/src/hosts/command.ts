// Node, Bun and Deno: options as the argument, the report on standard output.
import { argv } from "node:process";
import { run } from "../entry.js";

console.log(JSON.stringify(await run(JSON.parse(argv[2] ?? ""))));
