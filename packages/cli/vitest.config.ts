import { defineConfig } from "vitest/config";
import { patience } from "../../.ci/patience.ts";

// Each test starts the command line once or several times as a process.
export default defineConfig({ test: { name: "@oauth1/cli", ...patience } });
