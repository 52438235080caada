// docs/reference/protocol.md describes the commands of the conformance protocol by its schema, with the
// messages of conformance/README.md as examples.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./published.mjs";

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema: Schema = JSON.parse(
  readFileSync(join(root, "conformance/runner/schema/protocol.schema.json"), "utf8"),
);
const readme = readFileSync(join(root, "conformance/README.md"), "utf8");
const messages = (/^```json\n(.*?)^```$/ms.exec(readme)?.[1] ?? "").trim().split("\n");

it("docs/reference/protocol.md documents every command; run with -u to update it", async () => {
  const commands = alternativesOf("request").map((definition) => commandSection(definition));
  expect(commands.length).toBe(8);
  const answers = alternativesOf("answer").map((definition) => answerSection(definition));
  const page = [INTRODUCTION, "## Commands\n", ...commands, "## Answers\n", ...answers];
  await expect(page.join("\n")).toMatchFileSnapshot("../docs/reference/protocol.md");
});

const INTRODUCTION = `# The conformance protocol

With this protocol, the conformance suite tests a program in any language. Messages are JSON objects in UTF-8, one per
line, each of at most 1 MiB. The runner writes a request to the program's standard input, and the program writes one
answer with the same \`id\` to its standard output. Diagnostics go to standard error.

- [Verify your signer](../verify-your-signer.md) has a program to begin with.
- [The suite's README](../../conformance/README.md#the-protocol) has a complete transcript, and says what the runner
  does with programs that crash or do not answer.
- [\`protocol.schema.json\`](../../conformance/runner/schema/protocol.schema.json) is the schema behind this page.
  [Schemas](schemas.md) shows how to use it.
- \`oauth1 signer\` speaks the protocol for the packages of this project. Use it to see what an answer looks like:

\`\`\`sh
echo '{"id":1,"command":"percent-encode","text":"a b"}' | npx @oauth1/cli signer
\`\`\`

A program implements the commands that it can answer, and lists them in its answer to \`describe\`. The \`id\` is text or
a whole number. The tables omit it.
`;

/** The definitions of all requests or all answers. */
function alternativesOf(name: string): string[] {
  return (schema.$defs?.[name]?.oneOf ?? []).map(({ $ref = "" }) => nameOf($ref));
}

function commandSection(name: string): string {
  const definition = definitionOf(name);
  const command = definition.properties?.["command"]?.const;
  const index = messages.findIndex((line) => JSON.parse(line).command === command);
  const example = messages.slice(index, command === "stop" ? index + 1 : index + 2);
  return `### \`${command}\`

${definition.description}
${table(definition)}
\`\`\`json
${example.join("\n")}
\`\`\`
`;
}

function answerSection(name: string): string {
  const definition = definitionOf(name);
  return `### ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${definition.description}\n${table(definition)}`;
}

function table({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties)
    .filter(([name]) => name !== "id" && name !== "command")
    .map(([name, property]) => {
      const description = property.description ?? definitionOf(nameOf(property.$ref)).description;
      const need = required.includes(name) ? "yes" : "";
      return `| \`${name}\` | ${typeOf(property)} | ${need} | ${description ?? ""} |`;
    });
  if (rows.length === 0) return "";
  return `\n| member | type | required | description |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}

function typeOf(property: Schema): string {
  if (property.$ref !== undefined) return TYPES[nameOf(property.$ref)] ?? nameOf(property.$ref);
  if (property.oneOf !== undefined) return property.oneOf.map(typeOf).join(" or ");
  if (property.enum !== undefined) return property.enum.map((each) => `\`${each}\``).join(", ");
  if (property.const !== undefined) return `\`${property.const}\``;
  if (property.type === "array") return `list of ${typeOf(property.items ?? {})}`;
  return [property.type].flat().join(" or ");
}

const TYPES: Readonly<Record<string, string>> = {
  parameters: "list of `[name, value]`",
  base64: "base64",
  credentials: "`{ identifier, sharedSecret }`",
  clientCredentials: "`{ identifier, sharedSecret, privateKey? }`",
  cause: "`{ mistakes, section, baseString, key? }`",
};

function nameOf(reference = ""): string {
  return reference.replace("#/$defs/", "");
}

function definitionOf(name: string): Schema {
  return schema.$defs?.[name] ?? {};
}
