import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { globalSetup: "test/databases.ts", testTimeout: 120_000, hookTimeout: 120_000 },
});
