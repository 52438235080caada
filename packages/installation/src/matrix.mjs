// Runs all checks in an installed project, and collects the results.
import { join } from "node:path";
import { runInChromium } from "@oauth1/runtimes/dist/run-in-chromium.js";
import { runtimes as known } from "@oauth1/runtimes/dist/runtimes.js";
import { bundlers, esbuild } from "./bundlers.mjs";
import { entryPoints } from "./entry-points.mjs";
import { failingCommands, runtimes, useEntryPoints, versionOf } from "./runtimes.mjs";
import { functions, sizeOf } from "./tree-shaking.mjs";
import { compilers, errorsOf, settings } from "./typescript.mjs";

const chromium = known.find(({ name }) => name === "Chromium");
const workerd = known.find(({ name }) => name === "workerd");

/**
 * Runs all checks, in about three minutes. A runtime that is not installed has no results.
 *
 * @param installed - The `folder` of the project, and the `redisUrl` of a server.
 */
export async function matrix(installed) {
  return {
    runtimes: await each(runtimes, async (runtime) => ({
      runtime,
      ...(runtime.isInstalled && (await inRuntime(runtime, installed))),
    })),
    compilers: await each(compilers, async (compiler) => ({
      compiler,
      errors: await each(settings, (setting) => errorsOf(compiler, setting, installed.folder)),
    })),
    bundles: await each(bundlers, async (bundler) => ({
      bundler,
      ...(chromium.isInstalled && { sent: await sentByPage(bundler, installed) }),
    })),
    worker: {
      ...(workerd.isInstalled && {
        version: await workerd.version(),
        sent: await sentByWorker(installed),
      }),
    },
    functions: await each(functions, async (used) => ({
      used,
      sizes: await each(bundlers, async (bundler) => ({
        one: await sizeOf(bundler, used, installed.folder),
        all: await sizeOf(bundler, { specifier: used.specifier }, installed.folder),
      })),
    })),
  };
}

/** One after the other, because each of them keeps the machine busy. */
async function each(list, work) {
  const results = [];
  for (const item of list) results.push(await work(item));
  return results;
}

async function inRuntime(runtime, installed) {
  return {
    version: await versionOf(runtime),
    imported: await outcomesOf(runtime, "import.mjs", installed),
    required: await outcomesOf(runtime, "require.cjs", installed),
    failing: runtime.isNode ? await failingCommands(runtime, installed.folder) : [],
  };
}

/** The number of entry points that work, and the others with their errors. */
async function outcomesOf(runtime, file, installed) {
  const outcomes = await useEntryPoints(runtime, file, installed);
  const others = entryPoints.filter((specifier) => outcomes[specifier] !== "works");
  return {
    works: entryPoints.length - others.length,
    others: Object.fromEntries(others.map((name) => [name, outcomes[name] ?? "not tried"])),
  };
}

async function sentByPage({ bundle }, { folder }) {
  const code = await bundle(join(folder, "page.mjs"));
  return judged(await runInChromium(chromium.program, { code }, {}));
}

async function sentByWorker({ folder }) {
  const code = await esbuild(join(folder, "worker.mjs"), { conditions: workerd.conditions });
  return judged(await workerd.run({ code }, {}));
}

/** The signature is that of RFC 5849 §1.2. */
function judged({ url, authorization }) {
  const isRight = authorization.includes('oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"');
  return { url, authorization, isRight };
}
