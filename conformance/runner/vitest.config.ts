import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/conformance", testTimeout: 120_000 } });
