import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/mutants", testTimeout: 120_000 } });
