import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "@oauth1/docs", include: ["test/*.test.ts"] } });
