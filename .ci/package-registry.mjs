// A registry of the packages of this repository.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { packWithDependencies } from "./published.mjs";

const run = promisify(execFile);

/**
 * Packs packages with their dependencies in this repository, and serves them like a registry.
 * All other packages come from the configured registry.
 *
 * @param names - Names without the scope.
 * @param folder - An empty folder for the archives and the settings.
 * @returns The path of npm's settings for it, and a function that ends it.
 */
export async function servePackages(names, folder) {
  const archives = new Map();
  const manifests = new Map();
  for (const archive of await packWithDependencies(names, folder)) {
    const { stdout } = await run("tar", ["-xOzf", archive, "package/package.json"]);
    const manifest = JSON.parse(stdout);
    manifests.set(manifest.name, { manifest, file: basename(archive) });
    archives.set(basename(archive), readFileSync(archive));
  }
  const server = createServer(({ url, headers: { host } }, response) => {
    const path = decodeURIComponent(url.slice(1));
    const found = manifests.get(path);
    const archive = archives.get(path);
    if (archive !== undefined) {
      response.end(archive);
    } else if (found !== undefined) {
      const { name, version } = found.manifest;
      const dist = { tarball: `http://${host}/${found.file}` };
      const versions = { [version]: { ...found.manifest, dist } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  const { stdout } = await run("npm", ["config", "get", "userconfig"]);
  const usual = existsSync(stdout.trim()) ? readFileSync(stdout.trim(), "utf8") : "";
  const settings = join(folder, ".npmrc");
  writeFileSync(
    settings,
    `${usual}\n@oauth1:registry=http://127.0.0.1:${server.address().port}/\ncache=${join(folder, "cache")}\nprefer-offline=true\naudit=false\nfund=false\nupdate-notifier=false\n`,
  );
  return { settings, close: () => server.close() };
}
