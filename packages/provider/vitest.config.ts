import { defineConfig } from "vitest/config";
import { patience } from "../../.ci/patience.ts";

export default defineConfig({
  test: { globalSetup: "../../.ci/template-folder.ts", ...patience },
});
