// The programs of docs/vectors-from-your-language, taken unchanged from the pages, on the vectors.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fenced, pageText } from "./program.js";

const PAGES = "vectors-from-your-language";
const VECTORS = fileURLToPath(new URL("../../../conformance/vectors", import.meta.url));
/** Compiling programs in other languages is slow on a busy machine. */
const TIMEOUT = 600_000;

type Edit = readonly [from: string, to: string];

interface Language {
  readonly runner: string;
  readonly signer: string;
  readonly commands: readonly string[];
  /** Files of Debian's packages that the page expects beside the programs. */
  readonly libraries?: readonly string[];
  /** The folder of crates that Debian's packages install. */
  readonly crates?: string;
  /** True if the strings of the language are UTF-16, or can contain surrogates. */
  readonly hasCodeUnits?: boolean;
  /** Makes the signer write a space as a plus. */
  readonly spaceAsPlus: Edit;
  /** Makes the signer accept an empty method. */
  readonly emptyMethod?: Edit;
}

const languages: Readonly<Record<string, Language>> = {
  python: {
    runner: "run_vectors.py",
    signer: "my_signer.py",
    commands: ["python3"],
    hasCodeUnits: true,
    spaceAsPlus: ['safe="-._~")', 'safe="-._~").replace("%20", "+")'],
  },
  ruby: {
    runner: "run_vectors.rb",
    signer: "my_signer.rb",
    commands: ["ruby"],
    spaceAsPlus: ["octet.ord) }", 'octet.ord) }.gsub("%20", "+")'],
  },
  go: {
    runner: "vectors_test.go",
    signer: "signer.go",
    commands: ["go"],
    spaceAsPlus: ["encoded.String()", 'strings.ReplaceAll(encoded.String(), "%20", "+")'],
  },
  java: {
    runner: "RunVectors.java",
    signer: "MySigner.java",
    commands: ["javac", "java"],
    libraries: ["/usr/share/java/gson.jar"],
    hasCodeUnits: true,
    spaceAsPlus: ["encoded.toString()", 'encoded.toString().replace("%20", "+")'],
  },
  php: {
    runner: "run_vectors.php",
    signer: "my_signer.php",
    commands: ["php"],
    spaceAsPlus: ["rawurlencode", "urlencode"],
  },
  csharp: {
    runner: "RunVectors.cs",
    signer: "MySigner.cs",
    commands: ["mcs", "mono"],
    libraries: ["/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll"],
    hasCodeUnits: true,
    spaceAsPlus: ['"%{o:X2}"))', '"%{o:X2}")).Replace("%20", "+")'],
  },
  rust: {
    runner: "src/main.rs",
    signer: "src/my_signer.rs",
    commands: ["cargo", "rustc"],
    crates: "/usr/share/cargo/registry",
    spaceAsPlus: [".collect()\n", '.collect::<String>().replace("%20", "+")\n'],
    emptyMethod: ["method.is_empty() || ", ""],
  },
  perl: {
    runner: "run_vectors.pl",
    signer: "MySigner.pm",
    commands: ["perl"],
    spaceAsPlus: ["ord $1/ger", "ord $1/ger =~ s/%20/+/gr"],
  },
  node: {
    runner: "vectors.test.mjs",
    signer: "my-signer.mjs",
    commands: ["node"],
    hasCodeUnits: true,
    spaceAsPlus: ["/[!'()*]/g, escaped)", '/[!\'()*]/g, escaped).replaceAll("%20", "+")'],
  },
};

/** In every language except Rust, the grammar of the method is this regular expression. */
const EMPTY_METHOD: Edit = ["`|~-]+", "`|~-]*"];

interface Vector {
  readonly id: string;
  readonly input: { readonly codeUnits?: readonly number[] };
}

const vectors = ["percent-encoding", "hmac-sha1", "signature-base-string"].flatMap(
  (topic): Vector[] => JSON.parse(readFileSync(join(VECTORS, `${topic}.json`), "utf8")).vectors,
);

it("every page has a test", () => {
  const pages = readdirSync(fileURLToPath(new URL(`../../../docs/${PAGES}`, import.meta.url)));
  expect(pages.map((page) => basename(page, ".md")).sort()).toEqual(Object.keys(languages).sort());
  for (const page of pages) {
    expect(pageText("verify-your-signer.md")).toContain(`(${PAGES}/${page})`);
  }
});

describe.each(Object.entries(languages))("%s", (name, language) => {
  const page = `${PAGES}/${name}.md`;
  const files = filesOf(page);
  const missing = missingFor(language);
  const folder = mkdtempSync(join(tmpdir(), `oauth1-vectors-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has a runner of fewer than 40 lines of code", () => {
    expect(linesOfCode(files.get(language.runner) ?? "")).toBeGreaterThan(20);
    expect(linesOfCode(files.get(language.runner) ?? "")).toBeLessThan(40);
  });

  if (missing.length > 0 && !process.env["CI"]) {
    console.warn(`NOT TESTED: the vectors from ${name}: missing ${missing.join(", ")}`);
  }
  describe.skipIf(missing.length > 0 && !process.env["CI"])("with its tools", () => {
    beforeAll(() => {
      expect(missing).toEqual([]);
      symlinkSync(VECTORS, join(folder, "vectors"));
      for (const library of language.libraries ?? []) {
        copyFileSync(library, join(folder, basename(library)));
      }
    });

    /** Runs the page's command on its files, with an edit of the signer. */
    function run(edit?: (signer: string) => string) {
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        const edited = path === language.signer && edit ? edit(text) : text;
        if (path === language.signer && edit) expect(edited).not.toBe(text);
        writeFileSync(join(folder, path), edited);
      }
      return shell(fenced(page, "sh run"), folder, environmentOf(language, folder));
    }

    it("passes all vectors with the page's signer", { timeout: TIMEOUT }, () => {
      const { status, output } = run();
      expect(output).not.toContain("FAILED");
      expect(status, output).toBe(0);
      // Go does not count vectors, and Node counts tests.
      const counted = vectors.filter(({ input }) => language.hasCodeUnits || !input.codeUnits);
      if (name !== "go") {
        expect(output).toMatch(
          new RegExp(`^(?:${counted.length} passed, 0 failed|\\W* ?pass ${counted.length})$`, "m"),
        );
      }
    });

    it("fails as the page shows if a space becomes a plus", { timeout: TIMEOUT }, () => {
      const { status, output } = run((signer) =>
        signer.replace(...replacing(language.spaceAsPlus)),
      );
      expect(status, output).toBe(1);
      expect(lines(output)).toContain(lines(fenced(page, "text space-as-plus")));
      expect(output).toContain("FAILED signature-base-string/query-plus ");
    });

    it("fails without the vectors", { timeout: TIMEOUT }, () => {
      renameSync(join(folder, "vectors"), join(folder, "elsewhere"));
      try {
        const { status, output } = run();
        expect(status, output).not.toBe(0);
        expect(output).not.toMatch(/\d+ passed|^ok/m);
      } finally {
        renameSync(join(folder, "elsewhere"), join(folder, "vectors"));
      }
    });

    it("fails if the secrets are in the wrong order", { timeout: TIMEOUT }, () => {
      const { status, output } = run(swapSecrets);
      expect(status, output).toBe(1);
      const failed = failedVectors(output);
      expect(failed.size).toBeGreaterThan(0);
      expect([...failed].filter((id) => !id.startsWith("hmac-sha1/"))).toEqual([]);
    });

    it("fails as the page shows if an invalid input is accepted", { timeout: TIMEOUT }, () => {
      const edit = language.emptyMethod ?? EMPTY_METHOD;
      const { status, output } = run((signer) => signer.replace(...replacing(edit)));
      expect(status, output).toBe(1);
      expect(lines(output)).toContain(lines(fenced(page, "text empty-method")));
      expect([...failedVectors(output)]).toEqual(["signature-base-string/method-empty"]);
    });
  });
});

/** The files of a page, by their paths: the code blocks whose info string has a path. */
function filesOf(page: string): ReadonlyMap<string, string> {
  const blocks = pageText(page).matchAll(/^```\w+ (\S+\.\w+)\n(.*?)^```$/gms);
  return new Map(Array.from(blocks, ([, path = "", text = ""]) => [path, text]));
}

/** Without blank lines, comments, imports and lines that consist of brackets. */
function linesOfCode(program: string): number {
  return program
    .split("\n")
    .filter((line) => /[A-Za-z0-9]/.test(line))
    .filter((line) => !/^\s*(?:\/\/|\/\*|# |(?:import|use|using|from|require)\b)/.test(line))
    .length;
}

function missingFor({ commands, libraries = [], crates }: Language): string[] {
  const found = (command: string) =>
    spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;
  return [
    ...commands.filter((command) => !found(command)),
    ...[...libraries, ...(crates ? [crates] : [])].filter((path) => !existsSync(path)),
  ];
}

/**
 * Cargo reads crates only from Debian's folder, and Debian's cargo takes precedence over
 * another.
 */
function environmentOf({ crates }: Language, folder: string): Record<string, string> {
  if (crates === undefined) return {};
  const home = join(folder, "cargo-home");
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "config.toml"),
    `[source.crates-io]\nreplace-with = "folder"\n[source.folder]\ndirectory = "${crates}"\n`,
  );
  const path = `/usr/bin:${process.env["PATH"]}`;
  return {
    CARGO_HOME: home,
    CARGO_NET_OFFLINE: "true",
    // Most of the time goes into the crates, whose lines no debugger shows here.
    CARGO_PROFILE_DEV_DEBUG: "0",
    PATH: path,
  };
}

function shell(commands: string, cwd: string, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", commands], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: `${stdout}${stderr}` };
}

/** Arguments of `replace` that insert the text literally. */
function replacing([from, to]: Edit): [string, () => string] {
  return [from, () => to];
}

/** Swaps the secrets in the line that makes the key. */
function swapSecrets(signer: string): string {
  return signer.replace(/^.*ercent_?encode\W+client.*token.*$/im, (line) =>
    line.replace(/client|token/g, (word) => (word === "client" ? "token" : "client")),
  );
}

/** The lines without indentation, which test runners add. */
function lines(output: string): string {
  return output.replace(/^[ \t]+|[ \t]+$|^.*(?=FAILED )/gm, "");
}

function failedVectors(output: string): Set<string> {
  return new Set(Array.from(output.matchAll(/FAILED (\S+)/g), ([, id = ""]) => id));
}
