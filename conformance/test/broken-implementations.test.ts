import {
  formatReport,
  hasFailed,
  type Implementation,
  oauth1Implementation,
  type Result,
  runConformance,
  Unsupported,
} from "@oauth1/conformance";
import { describe, expect, it } from "vitest";

const ours = oauth1Implementation();

/** Ours with a mistake that people make. */
function broken(mistake: Partial<Implementation>): Implementation {
  return { ...ours, name: "broken", ...mistake };
}

type Mistake = readonly [
  name: string,
  implementation: Implementation,
  topic: string,
  flag: string | undefined,
  law: string,
];

const mistakes: readonly Mistake[] = [
  [
    "a space as plus",
    broken({
      percentEncode: async (input) =>
        (await ours.percentEncode?.(input))?.replaceAll("%20", "+") ?? "",
    }),
    "percent-encoding",
    "SpaceAsPlus",
    "percent-encoding/text-by-table",
  ],
  [
    "encodeURIComponent as it is",
    broken({ percentEncode: (input) => encodeURIComponent(String(input)) }),
    "percent-encoding",
    "ReservedUnencoded",
    "percent-encoding/alphabet",
  ],
  [
    "name=value sorted joined",
    broken({
      normalizeParameters: (parameters) =>
        parameters
          .map((pair) => pair.map((part) => ours.percentEncode?.(part)).join("="))
          .sort()
          .join("&"),
    }),
    "parameter-normalization",
    "JoinedSort",
    "parameter-normalization/sorted-octets",
  ],
  [
    "parameters in an object map",
    broken({
      normalizeParameters: (parameters) =>
        ours.normalizeParameters?.(Object.entries(Object.fromEntries(parameters))) ?? "",
    }),
    "parameter-normalization",
    "DuplicateDropped",
    "parameter-normalization/duplicates-kept",
  ],
  [
    "a URL parsed again",
    broken({
      baseStringUri: (url) => `${new URL(url).origin}${new URL(url).pathname}`.toLowerCase(),
    }),
    "base-string-uri",
    "PathLowerCased",
    "base-string-uri/by-parts",
  ],
  [
    "the realm signed",
    broken({
      signatureBaseString: (input) =>
        ours.signatureBaseString?.({
          ...input,
          parameters: input.parameters.map(([name, value]) => [
            name === "realm" ? "realm_" : name,
            value,
          ]),
        }) ?? "",
    }),
    "signature-base-string",
    "RealmSigned",
    "signature-base-string/realm-not-signed",
  ],
  [
    "secrets not encoded",
    broken({
      signature: (input) =>
        ours.signature?.({ ...input, clientSharedSecret: input.clientSharedSecret.trim() }) ?? "",
    }),
    "hmac-sha1",
    undefined,
    "hmac-sha1/by-node-crypto",
  ],
  [
    "SHA-1 whatever the method is",
    broken({
      signature: (input) =>
        ours.signature?.({
          ...input,
          signatureMethod: input.signatureMethod.replace(/SHA\d+/, "SHA1"),
        }) ?? "",
    }),
    "signature",
    "HashDowngrade",
    "signature/rsa-by-node-crypto",
  ],
  [
    "PLAINTEXT encoded twice",
    broken({
      signature: async (input) => {
        const signature = (await ours.signature?.(input)) ?? "";
        return input.signatureMethod === "PLAINTEXT" ? encodeURIComponent(signature) : signature;
      },
    }),
    "signature",
    "PlaintextEncodedTwice",
    "signature/plaintext-by-parts",
  ],
  [
    "every signature valid",
    broken({ verifySignature: () => true }),
    "hmac-sha1-verification",
    undefined,
    "hmac-sha1-verification/changed-octet",
  ],
  [
    "a realm without quoted-pairs",
    broken({
      serializeAuthorizationHeader: async (contents) =>
        (await ours.serializeAuthorizationHeader?.({ ...contents, realm: null }))?.replace(
          "OAuth ",
          `OAuth realm="${contents.realm}", `,
        ) ?? "",
    }),
    "authorization-header-serialization",
    undefined,
    "authorization-header-serialization/one-line",
  ],
  [
    "a timestamp of its own",
    broken({ sign: (input) => ours.sign?.({ ...input, timestamp: "137131200" }) ?? {} }),
    "sign",
    undefined,
    "sign/by-parts",
  ],
  [
    "a signature that nothing carries",
    broken({
      sign: async (input) => {
        const { baseString, signature } = (await ours.sign?.(input)) ?? {};
        return { ...(baseString && { baseString }), ...(signature && { signature }) };
      },
    }),
    "sign",
    undefined,
    "sign/by-parts",
  ],
];

describe("a broken implementation is caught", () => {
  it.each(mistakes)("%s", async (_, implementation, topic, flag, law) => {
    const report = await runConformance([implementation], {
      seed: 1,
      cases: 1000,
      topics: [topic],
    });
    expect(hasFailed(report)).toBe(true);
    const failed = report.implementations[0]?.results.filter(({ outcome }) => outcome === "failed");
    const byVector = failed?.filter(({ kind }) => kind === "vector") ?? [];
    expect(byVector.length).toBeGreaterThan(0);
    if (flag !== undefined) expect(byVector.flatMap(({ flags }) => flags)).toContain(flag);
    const byLaw = failed?.find(({ id }) => id === law);
    expect(byLaw).toMatchObject({ kind: "law", seed: 1, path: expect.any(String) });
    expect(byLaw?.section).toMatch(/§\d/);
    // A report is plain data.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("the counterexample of a law is small", async () => {
    const [, implementation] = mistakes[0] as Mistake;
    const report = await runConformance([implementation], {
      seed: 1,
      topics: ["percent-encoding"],
    });
    const results: readonly Result[] = report.implementations[0]?.results ?? [];
    expect(results.find(({ id }) => id === "percent-encoding/text-by-table")).toMatchObject({
      input: " ",
      expected: "%20",
      received: "+",
    });
  });

  it("what an implementation says it cannot do is no failure", async () => {
    const report = await runConformance(
      [
        broken({
          percentEncode() {
            throw new Unsupported("not today");
          },
        }),
      ],
      { seed: 1, cases: 20, topics: ["percent-encoding"] },
    );
    const outcomes = report.implementations[0]?.results.map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(["unsupported"]));
  });
});

describe("formatReport", () => {
  it("shows counts, failures and the seed, in colours only where asked", async () => {
    const [, implementation] = mistakes[0] as Mistake;
    const cases = (tried: Implementation) => (tried === ours ? 50 : 60);
    const options = { seed: 7, cases, topics: ["percent-encoding"] };
    const report = await runConformance([ours, implementation], options);
    const plain = formatReport(report);
    expect(plain).not.toContain("\u001b");
    expect(plain).toMatch(/^percent-encoding +\d+ \/ 0 \/ 0 +\d+ \/ [1-9]\d* \/ 0$/m);
    expect(plain).toMatch(/^failed percent-encoding\/space broken, vector, §3\.6$/m);
    expect(plain).toMatch(/^ {2}input +\{"text":" "\}$/m);
    expect(plain).toMatch(/^ {2}expected +"%20"$/m);
    expect(plain).toMatch(/^ {2}received +"\+"$/m);
    expect(plain).toMatch(/^random cases for each law +50 +60$/m);
    expect(plain).toMatch(/Seed 7\.\n$/);
    const coloured = formatReport(report, { color: true });
    expect(coloured).toContain("\u001b[31mfailed\u001b[0m");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});
