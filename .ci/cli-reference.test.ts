// docs/reference/cli.md contains the help of every command, as the commands themselves print it.
import type { Command } from "commander";
import { expect, it } from "vitest";
import { program } from "../packages/cli/dist/main.js";
import { onDemand } from "../packages/cli/dist/on-demand.js";

it("docs/reference/cli.md lists every command; run with -u to update it", async () => {
  const others = await Promise.all(onDemand.map(({ load }) => load()));
  const sections = sectionsOf(program(others));
  expect(sections.length).toBeGreaterThan(15);
  await expect(`${INTRODUCTION}\n${sections.join("\n")}`).toMatchFileSnapshot(
    "../docs/reference/cli.md",
  );
});

const INTRODUCTION = `# Command line

This page has the help of every command of [@oauth1/cli](../../packages/cli/README.md), which describes how to install
them. [@oauth1/conformance](../../conformance/README.md), [@oauth1/console](../../packages/console/README.md) and
[@oauth1/api-keys](../../packages/api-keys/README.md) also have their own commands, such as
\`npx @oauth1/conformance run\`, with the same options.

After the message of an error, a command prints the address of its [code](../errors.md).
`;

/** A section for a command, and one for each of its subcommands. */
function sectionsOf(command: Command, parents: readonly string[] = []): string[] {
  const names = [...parents, command.name()];
  const heading = `${names.length < 3 ? "##" : "###"} ${names.join(" ")}`;
  return [
    `${heading}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`,
    ...command.commands.flatMap((each) => sectionsOf(each, names)),
  ];
}

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help.trim();
}
