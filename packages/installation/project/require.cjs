// Requires every entry point of the groups that the arguments name. They are ES modules.
const { argv, exit } = require("node:process");

import("./uses/index.mjs").then(async ({ useAll }) => {
  await useAll(argv.slice(2), require, require);
  exit();
});
