import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "conformance", testTimeout: 120_000 } });
