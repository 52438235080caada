import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/console", testTimeout: 60_000 } });
