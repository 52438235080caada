// An error's code identifies the package that throws it: no code has two owners.
import { describe, expect, it } from "vitest";
import { errorCodes } from "./error-codes.js";

const { declared, thrown } = errorCodes();

describe("error codes", () => {
  it("belong to exactly one package and one class", () => {
    const owners = new Map<string, Set<string>>();
    for (const { code, package: itsPackage, class: itsClass } of declared) {
      owners.set(code, (owners.get(code) ?? new Set()).add(`${itsClass} of ${itsPackage}`));
    }
    expect(owners.size).toBeGreaterThan(50);
    const shared = [...owners].filter(([, classes]) => classes.size > 1);
    expect(shared.map(([code, classes]) => `${code}: ${[...classes].join(", ")}`)).toEqual([]);
  });

  it("are thrown with the class that declares them", () => {
    const own = new Set(declared.map((each) => `${each.class} ${each.code}`));
    expect(thrown.length).toBeGreaterThan(50);
    const foreign = thrown.map((each) => `${each.class} ${each.code}`);
    expect(foreign.filter((each) => !own.has(each))).toEqual([]);
  });

  it("have a class and a sentence", () => {
    for (const each of declared) {
      expect(each.code).toMatch(/^ERR_[A-Z][A-Z0-9_]*$/);
      expect(each.class, each.code).toMatch(/Error$/);
      expect(each.sentence, each.code).toMatch(/\.$/);
    }
  });

  it("are listed in docs/errors.md; run with -u to write it", async () => {
    await expect(page()).toMatchFileSnapshot("../docs/errors.md");
  });
});

function page(): string {
  const rows = declared
    .toSorted((one, other) => (one.code < other.code ? -1 : 1))
    .map((each) => `| \`${each.code}\` | ${each.package} | \`${each.class}\` | ${each.sentence} |`);
  return `# Errors

Every error that a package throws has

- a \`name\`, the name of its class;
- a \`code\`, which never changes its meaning: switch on the code, not on the message;
- the place: \`index\`, \`parameter\` or \`option\`, or in the message;
- a \`message\` for people: what is wrong, where, and what to do. It never contains a secret.

A code belongs to one package and one class. An error of a package below passes through, or is the \`cause\`.

| code | package | class | meaning |
| ---- | ------- | ----- | ------- |
${rows.join("\n")}
`;
}
