import { defineConfig } from "vitest/config";

// Each test starts the command line once or several times as a process.
export default defineConfig({ test: { name: "@oauth1/cli", testTimeout: 120_000 } });
