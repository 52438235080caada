import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/*",
      "!packages/runtimes", // `npm run test:runtimes`
      "!packages/installation", // `npm run test:packages`
      "packages/client/oldest-libraries",
      "conformance/{properties,runner,mutants}",
      { test: { name: "ci", root: ".ci", testTimeout: 60_000 } },
    ],
    // Much of the time goes into waiting for servers and processes.
    maxWorkers: 2,
  },
});
