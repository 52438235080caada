import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "conformance", { test: { name: "ci", root: ".ci" } }],
  },
});
