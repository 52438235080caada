import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/fuzzing", testTimeout: 120_000 } });
