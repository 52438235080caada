// Imports every entry point of the groups that the arguments name.
import { argv, exit } from "node:process";
import { useAll } from "./uses/index.mjs";

await useAll(
  argv.slice(2),
  (specifier) => import(specifier),
  async (specifier) => (await import(specifier, { with: { type: "json" } })).default,
);
exit();
