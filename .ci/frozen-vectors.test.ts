// After a release, the id of a vector keeps its meaning: conformance/vectors/README.md#versions.
import { describe, expect, it } from "vitest";
import {
  brokenPromises,
  digestsOf,
  frozenDigests,
  requirementLists,
  vectorFiles,
} from "./frozen-vectors.mjs";
import { nextVectorsVersion } from "./planned-versions.mjs";

const files = vectorFiles();
const vectors = files.flatMap((file) => file.vectors);
const lists = requirementLists();
const frozen = frozenDigests();
const majorOf = (version: string) => version.split(".")[0];

describe("the frozen vectors", () => {
  it("have digests for each list of requirements", () => {
    expect(Object.keys(frozen).sort()).toEqual(lists.map(({ version }) => version).sort());
  });

  it("carry the version of the next release: node .ci/set-vectors-version.mjs", async () => {
    const next = await nextVectorsVersion();
    for (const { topic, version } of files) expect(version, topic).toBe(next);
  });

  // A new major version can change answers: then it has lists of its own.
  const promised = lists.filter(({ version }) => majorOf(version) === majorOf(files[0]?.version));
  it("include a list for the version of the set", () => {
    expect(promised.map(({ version }) => version)).toContain(
      files[0]?.version.split(".").slice(0, 2).join("."),
    );
  });

  it.each(promised)(
    "ask and expect the same as in version $version; before its release, npm run freeze-vectors",
    (list) => {
      expect(brokenPromises(frozen[list.version], digestsOf(list, vectors))).toEqual([]);
    },
  );
});

describe("a promise about vectors", () => {
  const list = {
    version: "1.0",
    vectors: ["text/a", "text/b", "url/a"],
    properties: ["text/round-trip"],
  };
  const released = [
    { id: "text/a", level: "required", input: { text: "a", form: null }, expected: "a" },
    { id: "text/b", level: "robustness", input: { text: "%" }, result: "invalid" },
    {
      id: "url/a",
      level: "interoperability",
      input: { url: "http:" },
      positions: [
        { expected: "x", comment: "why" },
        { rejected: true, comment: "why" },
      ],
    },
  ];
  const before = digestsOf(list, released);
  /** What breaks if one vector gets other members. */
  const broken = (id: string, members: object) =>
    brokenPromises(
      before,
      digestsOf(
        list,
        released.map((vector) => (vector.id === id ? { ...vector, ...members } : vector)),
      ),
    );
  const TEXT = ["text: an id, an input, an answer or a level has changed"];
  const POSITION = ["url/a: a position has changed or is gone"];

  it.each([
    ["an input", "text/a", { input: { text: "b", form: null } }, TEXT],
    ["an input's null", "text/a", { input: { text: "a" } }, TEXT],
    ["an answer", "text/a", { expected: "b" }, TEXT],
    ["a rejection", "text/b", { result: "valid", expected: "%" }, TEXT],
    ["a level", "text/b", { level: "required" }, TEXT],
    ["a position", "url/a", { positions: [{ expected: "y" }, { rejected: true }] }, POSITION],
    ["a missing position", "url/a", { positions: [{ rejected: true }] }, POSITION],
  ])("is broken by %s that changes", (_, id, members, expected) => {
    expect(broken(id, members)).toEqual(expected);
  });

  it("is broken by a vector that is gone, and by one that replaces it", () => {
    const others = released.slice(1);
    expect(brokenPromises(before, digestsOf(list, others))).toEqual(TEXT);
    const renamed = { ...list, vectors: ["text/b", "text/c", "url/a"] };
    const now = digestsOf(renamed, [...others, { ...released[0], id: "text/c" }]);
    expect(brokenPromises(before, now)).toEqual(TEXT);
  });

  it("is broken by another list of properties or topics", () => {
    const now = digestsOf({ ...list, properties: [] }, released);
    expect(brokenPromises(before, now)).toEqual(["the list of properties has changed"]);
    const fewer = digestsOf({ ...list, vectors: ["text/a", "text/b"] }, released);
    expect(brokenPromises(before, fewer)).toEqual([
      "url: an id, an input, an answer or a level has changed",
      ...POSITION,
    ]);
  });

  it.each([
    ["a comment, a flag and a section", "text/a", { comment: "c", flags: ["F"], section: "§3.6" }],
    ["the order of members", "text/a", { input: { form: null, text: "a" } }],
    [
      "a position that is new, and another order",
      "url/a",
      { positions: [{ rejected: true }, { expected: "y" }, { expected: "x", comment: "since" }] },
    ],
  ])("is kept by %s that changes", (_, id, members) => {
    expect(broken(id, members)).toEqual([]);
  });

  it("is kept by vectors that are new, and by files in another order", () => {
    const more = [...released.toReversed(), { ...released[0], id: "text/new" }];
    expect(brokenPromises(before, digestsOf(list, more))).toEqual([]);
  });
});
