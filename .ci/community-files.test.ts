// The issue forms follow the schema that GitHub documents. GitHub does not show a form with a
// mistake.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".github/ISSUE_TEMPLATE");
const names = readdirSync(folder);
const forms = names.filter((name) => name !== "config.yml");

interface Element {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly validations?: { readonly required?: boolean };
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Element[];
}

function read<Content>(name: string): Content {
  return parse(readFileSync(join(folder, name), "utf8"), { strict: true });
}

/** The attributes of each type of element: those that are required, and those that are allowed. */
const ATTRIBUTES: Readonly<Record<string, { required: string[]; optional: string[] }>> = {
  markdown: { required: ["value"], optional: [] },
  textarea: { required: ["label"], optional: ["description", "placeholder", "value", "render"] },
  input: { required: ["label"], optional: ["description", "placeholder", "value"] },
  dropdown: { required: ["label", "options"], optional: ["description", "multiple", "default"] },
  checkboxes: { required: ["label", "options"], optional: ["description"] },
};

describe.each(forms)("the issue form %s", (name) => {
  const form = read<Form>(name);

  it("has the keys of a form", () => {
    expect(Object.keys(form)).toEqual(expect.arrayContaining(["name", "description", "body"]));
    const known = [
      "name",
      "description",
      "title",
      "labels",
      "assignees",
      "projects",
      "type",
      "body",
    ];
    expect(Object.keys(form).filter((key) => !known.includes(key))).toEqual([]);
    expect(form.name.length).toBeGreaterThan(2);
    expect(form.description.length).toBeGreaterThan(2);
    expect(form.description.length).toBeLessThanOrEqual(200);
  });

  it("has elements of known types, with their attributes", () => {
    expect(form.body.some(({ type }) => type !== "markdown")).toBe(true);
    for (const { type, attributes, ...rest } of form.body) {
      const known = ATTRIBUTES[type];
      expect(known, type).toBeDefined();
      const given = Object.keys(attributes);
      expect(given, type).toEqual(expect.arrayContaining(known?.required ?? []));
      const all = [...(known?.required ?? []), ...(known?.optional ?? [])];
      expect(given.filter((key) => !all.includes(key))).toEqual([]);
      const further = type === "markdown" ? [] : ["id", "validations"];
      expect(Object.keys(rest).filter((key) => !further.includes(key))).toEqual([]);
      expect(Object.keys(rest.validations ?? {}).filter((key) => key !== "required")).toEqual([]);
    }
  });

  it("has a unique id and label for each question, and distinct options", () => {
    const questions = form.body.filter(({ type }) => type !== "markdown");
    for (const { id } of questions) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
    for (const values of [
      questions.map(({ id }) => id),
      questions.map(({ attributes }) => attributes["label"]),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
    for (const { type, attributes } of questions) {
      const options = (attributes["options"] ?? []) as unknown[];
      const labels = options.map((option) =>
        type === "checkboxes" ? (option as { label?: unknown }).label : option,
      );
      for (const label of labels) expect(label).toEqual(expect.any(String));
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

describe("the issue forms", () => {
  it("ask for the output of diagnose, and warn about secrets, where a signature is wrong", () => {
    const text = readFileSync(join(folder, "wrong-signature.yml"), "utf8");
    expect(text).toContain("npx @oauth1/cli diagnose");
    const { body } = read<Form>("wrong-signature.yml");
    const required = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
    expect(required).toContain("diagnosis");
    expect(body[0]?.attributes["value"]).toMatch(/Do not paste secrets/);
  });

  it("lead vulnerabilities to the form that SECURITY.md names", () => {
    const security = readFileSync(join(root, "SECURITY.md"), "utf8");
    const { contact_links: links } = read<{
      contact_links: { name: string; url: string; about: string }[];
    }>("config.yml");
    for (const link of links) expect(Object.keys(link).sort()).toEqual(["about", "name", "url"]);
    expect(security).toContain(links[0]?.url);
    const ownPages = links.flatMap(({ url }) => /\/blob\/main\/(.*)$/.exec(url)?.[1] ?? []);
    for (const page of ownPages) expect(existsSync(join(root, page)), page).toBe(true);
  });
});
