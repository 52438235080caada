import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/captured-request", testTimeout: 60_000 } });
