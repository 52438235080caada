import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/diagnosis", testTimeout: 120_000 } });
