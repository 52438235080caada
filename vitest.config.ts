import { defineConfig } from "vitest/config";
import { patience } from "./.ci/patience.ts";

export default defineConfig({
  test: {
    projects: [
      "packages/*",
      "!packages/runtimes", // `npm run test:runtimes`
      "!packages/installation", // `npm run test:packages`
      "packages/client/oldest-libraries",
      "conformance/{properties,runner,mutants}",
      { test: { name: "ci", root: ".ci", ...patience } },
    ],
    // Much of the time goes into waiting for servers and processes.
    maxWorkers: 3,
  },
});
