// The tests of @oauth1/client with the major versions of got, ky and undici that do not run in Node
// 20.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path("../../client"),
  resolve: {
    alias: {
      got: path("../node_modules/got-16"),
      ky: path("../node_modules/ky-2"),
      undici: path("../node_modules/undici-8"),
    },
  },
  test: { setupFiles: path("require-majors.ts") },
});
