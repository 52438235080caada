// An empty project outside the workspace, with every package as a registry serves it.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { servePackages } from "../../../.ci/package-registry.mjs";
import { packageNames } from "./entry-points.mjs";

const run = promisify(execFile);

/**
 * The libraries that the packages work with but do not install: one version of each that runs
 * in Node 20.
 */
const LIBRARIES = [
  "@electric-sql/pglite@0.5",
  "@opentelemetry/api@1",
  "@types/express@5",
  "@types/node@20",
  "@types/superagent@8",
  "axios@1",
  "express@5",
  "fast-check@4",
  "fastify@5",
  "got@14",
  "hono@4",
  "ky@1",
  "redis@6",
  "superagent@10",
  "undici@7",
];

/**
 * Packs and serves the packages, and installs them with npm.
 *
 * @returns The folder of the project, and a function that removes it.
 */
export async function createProject() {
  const parent = mkdtempSync(join(tmpdir(), "oauth1-packages-"));
  const remove = () => rmSync(parent, { recursive: true });
  try {
    const packed = join(parent, "registry");
    mkdirSync(packed);
    const registry = await servePackages(packageNames, packed);
    const folder = join(parent, "project");
    mkdirSync(folder);
    cpSync(fileURLToPath(new URL("../project", import.meta.url)), folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const names = packageNames.map((name) => `@oauth1/${name}`);
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    try {
      await run("npm", ["install", ...quiet, ...names, ...LIBRARIES], {
        cwd: folder,
        env: { ...process.env, npm_config_userconfig: registry.settings },
      });
    } finally {
      registry.close();
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The version of an installed package. */
export function installedVersion(folder, name) {
  return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"))
    .version;
}
