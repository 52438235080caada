// An error's code identifies the package that throws it, so each code has one owner.
import { describe, expect, it } from "vitest";
import { SITE } from "../docs/.vitepress/source.js";
import { printableError } from "../packages/printable/dist/printable.js";
import { type DeclaredCode, errorCodes } from "./error-codes.js";

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

  it("have a class, a cause and a remedy", () => {
    for (const each of declared) {
      expect(each.code).toMatch(/^ERR_[A-Z][A-Z0-9_]*$/);
      expect(each.class, each.code).toMatch(/Error$/);
      expect(each.cause, each.code).toMatch(/\.$/);
      expect(each.remedy, each.code).toMatch(/\.$/);
    }
  });

  it("are described in docs/errors.md; run with -u to update it", async () => {
    await expect(page()).toMatchFileSnapshot("../docs/errors.md");
  });

  it("have the address that a command prints", () => {
    for (const { code } of declared.filter(({ code }) => code !== "ERR_USAGE")) {
      const [, address] = printableError("oauth1", "wrong", code).split("\n");
      // VitePress turns the underscores of a heading into hyphens.
      const anchor = code.toLowerCase().replaceAll("_", "-");
      expect(address).toBe(`  ${SITE}/errors#${anchor}`);
    }
  });
});

function page(): string {
  const packages = [...new Set(declared.map((each) => each.package))].sort();
  return `# Errors

Look up here the code of an error: its cause, and what to do. Every error that a package throws has

- a \`name\`, the name of its class;
- a \`code\`, which never changes its meaning: switch on the code, not on the message;
- the place of the mistake, in \`index\`, \`parameter\`, \`option\` or the message;
- a \`message\` for people, which says what is wrong, where, and what to do. It never contains a secret.

A code belongs to one package and one class. A package passes on an error of a package that it uses, or makes it the
\`cause\` of its own error. After a message, a command prints the address of the code on this page.

${packages.map((name) => sectionOf(name)).join("\n")}`;
}

function sectionOf(name: string): string {
  const codes = declared
    .filter((each) => each.package === name)
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
  return `## ${name}\n\n${codes.map(descriptionOf).join("\n")}`;
}

function descriptionOf(each: DeclaredCode): string {
  return `### ${each.code}

\`${each.class}\`: ${each.cause}

**Remedy:** ${each.remedy}
`;
}
