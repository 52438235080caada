// Sets the version of the set of vectors to that of its next release, which follows from the
// changesets. Every file contains the version, and the list of its minor version in
// requirements/ names every vector and property. Lists of earlier versions do not change. Build
// the properties first.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { properties } from "../conformance/properties/dist/index.js";
import { nextVectorsVersion } from "./planned-versions.mjs";
import { root } from "./published.mjs";

const folder = join(root, "conformance/vectors");
const version = await nextVectorsVersion();
const [minor] = version.match(/^\d+\.\d+/) ?? [];

const files = readdirSync(folder).filter((name) => /\.json$/.test(name) && name !== "package.json");
const ids = files.flatMap((name) => {
  const file = join(folder, name);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`));
  return JSON.parse(text).vectors.map(({ id }) => id);
});
const list = {
  $schema: "../schema/requirements.schema.json",
  version: minor,
  vectors: ids.sort(),
  properties: properties.map(({ id }) => id).sort(),
};
writeFileSync(join(folder, `requirements/${minor}.json`), `${JSON.stringify(list, null, 2)}\n`);
