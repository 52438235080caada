import { defineConfig } from "vitest/config";

// Each test starts the command line as a process, or several.
export default defineConfig({ test: { name: "@oauth1/cli", testTimeout: 120_000 } });
