// Runs the tests of the adapters with the oldest libraries that they support. The other tests
// use the newest versions.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { patience } from "../../../.ci/patience.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      axios: path("../node_modules/axios-1.7"),
      got: path("../node_modules/got-12"),
      ky: path("../node_modules/ky-0"),
      superagent: path("../node_modules/superagent-7"),
      undici: path("../node_modules/undici-6"),
    },
  },
  test: {
    name: "@oauth1/client with the oldest libraries",
    ...patience,
    // The aliases apply to the builds too.
    server: {},
    dir: path("../test"),
    include: ["**/{adapters,networks,origins,sent-bodies}.test.ts"],
    setupFiles: path("require-versions.ts"),
  },
});
