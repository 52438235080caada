import { defineConfig } from "vitest/config";
import { patience } from "../../.ci/patience.ts";

export default defineConfig({
  test: { name: "@oauth1/verifier", globalSetup: "../../.ci/template-folder.ts", ...patience },
});
