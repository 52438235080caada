// Checks commands in texts without running them: packages, scripts, subcommands, options, tests and files exist.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root } from "./code-blocks.ts";

interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifests: readonly Manifest[] = [
  "",
  ...folders("packages"),
  ...folders("conformance"),
  "docs",
]
  .filter((folder) => existsSync(`${root}${folder}/package.json`))
  .map((folder) => ({
    folder,
    ...JSON.parse(readFileSync(`${root}${folder}/package.json`, "utf8")),
  }));

function folders(parent: string): string[] {
  return readdirSync(root + parent).map((name) => `${parent}/${name}`);
}

/** Returns the faults in the commands of a block. */
export function shellProblems(code: string): string[] {
  try {
    execFileSync("bash", ["-n"], { input: code, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    return [`bash -n: ${(error as { stderr: Buffer }).stderr}`];
  }
  return commandsOf(code).flatMap(([program = "", ...words]) => {
    switch (program) {
      case "npx":
        return npxProblems(words.filter((word) => word !== "--yes"));
      case "npm":
        return npmProblems(words);
      case "node":
        return fileProblems(words);
      case "python3":
        return words[0]?.startsWith("conformance/") ? fileProblems(words) : [];
      case "oauth1":
        return binProblems("@oauth1/cli", words);
      default:
        return [];
    }
  });
}

/** The words of each command, without assignments, comments and quotes. */
function commandsOf(code: string): string[][] {
  const words = code
    .replaceAll("\\\n", " ")
    .matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|(?:^|(?<=\s))#.*|&&|\|\|?|;|\n|[^\s;|&]+/gm);
  const commands: string[][] = [[]];
  for (const [word] of words) {
    if (/^(&&|\|\|?|;|\n)$/.test(word)) commands.push([]);
    else if (!word.startsWith("#")) commands.at(-1)?.push(word.replace(/^["']|["']$/g, ""));
  }
  return commands
    .map((command) => command.slice(command.findIndex((word) => !/^[A-Z_0-9]+=/.test(word))))
    .filter((command) => command.length > 0);
}

function npxProblems([tool = "", ...words]: readonly string[]): string[] {
  if (tool.startsWith("pnpm"))
    return words[0] === "--filter" ? scriptProblems(words[1], words[2]) : [];
  if (tool === "vitest") return vitestProblems(words);
  if (tool.startsWith("@oauth1/")) return binProblems(tool.replace(/(?<=.)@.*/, ""), words);
  const owner = manifests.find(({ bin }) => bin?.[tool] !== undefined);
  return owner === undefined
    ? [`no package has the command ${tool}`]
    : binProblems(owner.name, words);
}

function npmProblems([verb = "", ...words]: readonly string[]): string[] {
  switch (verb) {
    case "test":
      return words[0] === "--" ? vitestProblems(words.slice(1)) : scriptProblems("oauth1", verb);
    case "start":
      return scriptProblems("oauth1", verb);
    case "run":
      return scriptProblems("oauth1", words[0]);
    case "install":
      return words.flatMap((word) => {
        if (!word.startsWith("@oauth1/")) return [];
        const found = manifests.find(({ name }) => name === word.replace(/(?<=.)@.*/, ""));
        return found === undefined || found.private ? [`${word} is not published`] : [];
      });
    default:
      return [`npm ${verb} is not checked`];
  }
}

function scriptProblems(name: string | undefined, script: string | undefined): string[] {
  const found = manifests.find((manifest) => manifest.name === name);
  return found?.scripts?.[script ?? ""] === undefined ? [`${name} has no script ${script}`] : [];
}

/** Checks that `--project` exists, and that each filter matches the name of a test. */
function vitestProblems(words: readonly string[]): string[] {
  const at = words.indexOf("--project");
  const project = words[at + 1];
  const folder = project === "ci" ? ".ci" : manifests.find(({ name }) => name === project)?.folder;
  if (at === -1 || folder === undefined) return [`there is no project ${project}`];
  const tests = readdirSync(`${root}${folder}${folder === ".ci" ? "" : "/test"}`);
  return words
    .slice(at + 2)
    .filter((word) => !tests.some((test) => test.includes(word)))
    .map((word) => `${project} has no test ${word}`);
}

function fileProblems(words: readonly string[]): string[] {
  const file = words.find((word) => !word.startsWith("-")) ?? "";
  const isOurs = /^(packages|conformance|\.ci|docs)\//.test(file);
  return isOurs && !existsSync(root + file) ? [`${file} does not exist`] : [];
}

const helps = new Map<string, string>();

/** The output of a command with `--help`. */
function helpOf(path: string, subcommands: readonly string[]): string {
  const key = [path, ...subcommands].join(" ");
  const known = helps.get(key);
  if (known !== undefined) return known;
  const help = execFileSync(process.execPath, [path, ...subcommands, "--help"], {
    encoding: "utf8",
  });
  helps.set(key, help);
  return help;
}

/** Checks that the help of our commands contains each subcommand and each option. */
function binProblems(name: string, words: readonly string[]): string[] {
  const manifest = manifests.find((each) => each.name === name);
  const bin = Object.values(manifest?.bin ?? {})[0];
  if (manifest === undefined || bin === undefined) return [`${name} has no command`];
  const path = `${root}${manifest.folder}/${bin}`;
  const end = words.indexOf("--");
  const own = end === -1 ? words : words.slice(0, end);
  const subcommands: string[] = [];
  let help = helpOf(path, []);
  for (const word of own) {
    if (
      !new RegExp(`^ +(?:oauth1-[\\w-]+ )?${word}\\b`, "m").test(help) ||
      !/^[a-z][a-z-]*$/.test(word)
    )
      break;
    subcommands.push(word);
    help = helpOf(path, subcommands);
  }
  const next = own[subcommands.length];
  if (/^Commands:$/m.test(help) && next !== undefined && !next.startsWith("-")) {
    return [`${name} has no command ${[...subcommands, next].join(" ")}`];
  }
  return own
    .filter((word) => /^--?[a-zA-Z]/.test(word))
    .map((word) => word.replace(/=.*/, ""))
    .filter((option) => !new RegExp(`(?:^|[\\s,[])${option}(?![\\w-])`, "m").test(help))
    .map((option) => `${[name, ...subcommands].join(" ")} has no option ${option}`);
}
