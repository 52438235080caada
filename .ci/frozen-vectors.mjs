// What the lists in conformance/vectors/requirements stand for: digests of the vectors' inputs and answers, so
// that an id keeps its meaning. The promise is in conformance/vectors/README.md.
//
//     npm run freeze-vectors    writes .ci/frozen-vectors.json, and keeps what is released
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { root } from "./published.mjs";

const folder = join(root, "conformance/vectors");
const file = join(root, ".ci/frozen-vectors.json");

const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The lists of ids, by their versions. */
export function requirementLists() {
  return readdirSync(join(folder, "requirements")).map((name) => ({
    version: basename(name, ".json"),
    ...read(join(folder, "requirements", name)),
  }));
}

/** The files of the set as it is now, each with its topic, version and vectors. */
export function vectorFiles() {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "package.json")
    .map((name) => read(join(folder, name)));
}

/** The digests of each list, as they were written last. */
export function frozenDigests() {
  return existsSync(file) ? read(file) : {};
}

/**
 * The digests of a list: what each topic asks and expects, which positions each open question allows, and which
 * properties are checked.
 *
 * @param vectors - Of the set, in any order; those that the list does not name do not count.
 */
export function digestsOf(list, vectors) {
  const known = new Map(vectors.map((vector) => [vector.id, vector]));
  const listed = list.vectors.toSorted().map((id) => known.get(id) ?? { id, missing: true });
  const topics = [...new Set(listed.map(({ id }) => topicOf(id)))];
  const open = listed.filter(({ positions }) => positions !== undefined);
  return {
    topics: Object.fromEntries(
      topics.map((topic) => [
        topic,
        digest(listed.filter(({ id }) => topicOf(id) === topic).map(meaningOf)),
      ]),
    ),
    positions: Object.fromEntries(
      open.map(({ id, positions }) => [id, positions.map(positionOf).map(digest)]),
    ),
    properties: digest(list.properties.toSorted()),
  };
}

/**
 * What a list no longer promises, one sentence each. A position that is new breaks nothing: it allows more.
 *
 * @param before - The digests of the release.
 */
export function brokenPromises(before, now) {
  const topics = Object.keys({ ...before.topics, ...now.topics })
    .filter((topic) => before.topics[topic] !== now.topics[topic])
    .map((topic) => `${topic}: an id, an input, an answer or a level has changed`);
  const positions = Object.entries(before.positions)
    .filter(([id, digests]) => !digests.every((each) => now.positions[id]?.includes(each)))
    .map(([id]) => `${id}: a position has changed or is gone`);
  const properties =
    before.properties === now.properties ? [] : ["the list of properties has changed"];
  return [...topics, ...positions, ...properties];
}

const topicOf = (id) => id.slice(0, id.indexOf("/"));

/** Without what a patch can change: comments, flags, sections and sources. */
function meaningOf({ id, level, input, result, expected, errorIndex, missing }) {
  return { id, level, input, result, expected, errorIndex, missing };
}

function positionOf({ expected, rejected }) {
  return { expected, rejected };
}

function digest(value) {
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");
}

/** The order of members in a file means nothing. */
function sorted(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether the registry has vectors with this list: then its digests stay. */
function isReleased(version) {
  const [major, minor] = read(join(folder, "package.json")).version.split(".").map(Number);
  const [listMajor, listMinor] = version.split(".").map(Number);
  return listMajor < major || (listMajor === major && listMinor <= minor);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const frozen = frozenDigests();
  const vectors = vectorFiles().flatMap(({ vectors }) => vectors);
  const entries = requirementLists().map((list) => [
    list.version,
    (isReleased(list.version) && frozen[list.version]) || digestsOf(list, vectors),
  ]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}
