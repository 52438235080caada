import { type Candidate, type Implementation, ownCandidates } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";
import { markdownPairwise } from "../dist/pairwise/markdown-pairwise.js";
import { pairRequests } from "../dist/pairwise/pair-requests.js";
import { type PairCell, runPairwise } from "../dist/pairwise/run-pairwise.js";
import { runBin } from "./run-bin.js";

function candidate(implementation: Implementation): Candidate {
  return { name: implementation.name, cases: 1, open: () => implementation };
}

const [own] = ownCandidates;
if (own === undefined) throw new Error("no own candidate");
const ours = (await own.open({})) as Implementation;

/** Signs as ours does, and sends what the change makes of the header. */
function headerSigner(name: string, change: (header: string) => string): Candidate {
  return candidate({
    ...ours,
    name,
    transmissions: ["header"],
    async sign(input) {
      const { authorization = "" } = (await ours.sign?.(input)) ?? {};
      return { authorization: change(authorization) };
    },
  });
}

const wrongMethod = candidate({
  ...ours,
  name: "wrong-method",
  sign: async (input) => ({ ...(await ours.sign?.({ ...input, method: "PATCH" })) }),
});
const suspicious = candidate({
  name: "suspicious",
  version: "1",
  language: "none",
  verify: () => ({ valid: false, problem: "never" }),
});

describe("every signer against every verifier", async () => {
  const candidates = [own, wrongMethod, headerSigner("unsendable", () => "a\nb"), suspicious];
  const { signers, verifiers, cells } = await runPairwise(candidates);
  const cell = (signer: string, verifier: string): PairCell | undefined =>
    cells[signers.findIndex(({ name }) => name === signer)]?.[
      verifiers.findIndex(({ name }) => name === verifier)
    ];

  it("lists who signs and who verifies", () => {
    expect(signers.map(({ name }) => name)).toEqual(["oauth1", "wrong-method", "unsendable"]);
    expect(verifiers.map(({ name }) => name)).toContain("suspicious");
  });

  it("verifies everything that our own packages sign, in every transmission", () => {
    const { verified, asked, failures } = cell("oauth1", "oauth1") ?? { verified: 0, asked: 0 };
    expect(failures).toEqual([]);
    expect(verified).toBe(asked);
    const forms = pairRequests.filter(({ form }) => form !== null).length;
    expect(asked).toBe(2 * pairRequests.length + forms);
  });

  it("says that the signer signs another method, whoever rejects it", () => {
    const rejected = cell("wrong-method", "oauth1");
    const causes = rejected?.failures.map(({ fault, cause }) => `${fault}: ${cause}`);
    expect(causes).toEqual(["signer: MethodOverridden"]);
    expect(cell("wrong-method", "suspicious")?.failures[0]?.cause).toBe("MethodOverridden");
    // The base string has no part in PLAINTEXT.
    expect(rejected?.verified).toBe(2);
  });

  it("says that the verifier rejects a right request", () => {
    expect(cell("oauth1", "suspicious")).toMatchObject({
      verified: 0,
      failures: [{ fault: "verifier", cause: "never" }],
    });
  });

  it("says that a request cannot be sent", () => {
    const [failure] = cell("unsendable", "oauth1")?.failures ?? [];
    expect(failure?.fault).toBe("signer");
    expect(failure?.cause).toMatch(/^No request: Invalid character in header content/);
  });

  it("is written as Markdown, with the causes below", () => {
    const markdown = markdownPairwise({
      date: "2026-01-01",
      requests: pairRequests,
      signers,
      verifiers,
      cells,
    });
    expect(markdown).toMatch(/^\| oauth1 [^|]+\| (\d+) of \1 \|/m);
    expect(markdown).toMatch(/^- oauth1 [^\n]+ by the signer: MethodOverridden \(/m);
  });
});

describe("pairwise", () => {
  it("tries chosen implementations, and prints Markdown", async () => {
    const { code, stdout } = await runBin(["pairwise", "--implementation", "oauth1"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| oauth1 [^|]+\| (\d+) of \1 \|/m);
  });

  it.each([
    [["--implementation", "nobody"], 'no implementation "nobody"'],
    [["--report", "pairwise.pdf"], "a file that ends in .md or .json"],
  ])("rejects %j in one line", async (args, complaint) => {
    const { code, stderr } = await runBin(["pairwise", ...args]);
    expect([code, stderr.split("\n")]).toEqual([2, [expect.stringContaining(complaint), ""]]);
  });
});
