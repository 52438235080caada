import { readFileSync } from "node:fs";
import { join } from "node:path";
import getReleasePlan from "@changesets/get-release-plan";
import { root } from "./published.mjs";

/** The versions after applying the changesets, by the names of the packages that they change. */
export async function plannedVersions() {
  const { releases } = await getReleasePlan(root);
  const changed = releases.filter(({ type }) => type !== "none");
  return new Map(changed.map(({ name, newVersion }) => [name, newVersion]));
}

/** The version of the set of vectors in its next release, or in the last one if none is planned. */
export async function nextVectorsVersion() {
  const manifest = readFileSync(join(root, "conformance/vectors/package.json"), "utf8");
  return (await plannedVersions()).get("@oauth1/vectors") ?? JSON.parse(manifest).version;
}
