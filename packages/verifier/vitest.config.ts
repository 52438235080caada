import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/verifier", testTimeout: 120_000 } });
