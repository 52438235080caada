import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "runtimes", testTimeout: 120_000 } });
