import { createHmac } from "node:crypto";
import {
  formatReport,
  type Implementation,
  loadVectors,
  type Parameter,
  type Result,
  runConformance,
  runVectors,
  type SignInput,
  type VectorFile,
} from "@oauth1/conformance";
import { describe, expect, it } from "vitest";

const input: SignInput = {
  method: "post",
  url: "HTTP://EXAMPLE.com:80/r%20v/X;y?b=(x+y)&a=2&a=1&e=&n&c=%7E",
  form: [
    ["f", "1 2"],
    ["a", "1"],
  ],
  body: null,
  client: { identifier: "ck", sharedSecret: "c&s" },
  token: null,
  signatureMethod: "HMAC-SHA1",
  timestamp: "137131201",
  nonce: "N",
  version: null,
  realm: "Photos",
  callback: "oob",
  verifier: null,
  transmission: "header",
};

// Written by hand from RFC 5849 §3.4.1, piece by piece, so that a mistake changes one of them.
const uri = "http%3A%2F%2Fexample.com%2Fr%2520v%2FX%3By";
const query = "b%3D%2528x%2520y%2529";
const oauth =
  "oauth_callback%3Doob%26oauth_consumer_key%3Dck%26oauth_nonce%3DN%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201";
const right = `POST&${uri}&a%3D1%26a%3D1%26a%3D2%26${query}%26c%3D~%26e%3D%26f%3D1%25202%26n%3D%26${oauth}`;
const key = "c%26s&";

const hmac = (baseString: string, itsKey = key) =>
  createHmac("sha1", itsKey).update(baseString).digest("base64");

function vectorOf(itsInput: SignInput, baseString: string): VectorFile<"sign"> {
  const vector = {
    id: "sign/by-hand",
    level: "required",
    section: "§3.4.1.1",
    source: "",
    comment: "",
    flags: [],
    input: itsInput,
    result: "valid",
    expected: { baseString, signature: hmac(baseString) },
  } as const;
  return {
    version: "1.0.0",
    topic: "sign",
    section: "§3.4",
    description: "",
    flags: {},
    vectors: [vector],
  };
}

const signVector = vectorOf(input, right);

const otherInput: SignInput = {
  ...input,
  method: "GET",
  url: "https://h:8443?z=1&a-b=1&%c3%a9=1&a=1=2",
  form: null,
  callback: null,
  verifier: "v",
};
const otherOauth =
  "oauth_consumer_key%3Dck%26oauth_nonce%3DN%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_verifier%3Dv";
const otherRight = `GET&https%3A%2F%2Fh%3A8443%2F&%25C3%25A9%3D1%26a%3D1%253D2%26a-b%3D1%26${otherOauth}%26z%3D1`;

/** A signer that gives this signature and nothing else. */
function signer(signature: string, baseString?: string): Implementation {
  return {
    name: "wrong",
    version: "1",
    language: "none",
    sign: () => ({ signature, ...(baseString === undefined ? {} : { baseString }) }),
  };
}

async function explained(
  implementation: Implementation,
  vector = signVector,
): Promise<Result | undefined> {
  const [result] = await runVectors(implementation, [vector as VectorFile]);
  return result;
}

const wrongBaseStrings: readonly (readonly [string, string])[] = [
  ["SpaceAsPlus", right.replace("x%2520y", "x%2By").replace("1%25202", "1%2B2")],
  ["ReservedUnencoded", right.replace("%2528x", "(x").replace("y%2529", "y)")],
  ["UnreservedEncoded", right.replace("%3D~", "%3D%257E")],
  ["LowerCaseHex", right.replace(/%(25)?[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase())],
  [
    "DoubleEncoded",
    right.replace("%2528x%2520y%2529", "%252528x%252520y%252529").replace("1%25202", "1%2525202"),
  ],
  ["EncodedOnce", right.replace("%2528x%2520y%2529", "%28x%20y%29").replace("1%25202", "1%202")],
  ["UnsortedValues", right.replace("a%3D1%26a%3D1%26a%3D2", "a%3D2%26a%3D1%26a%3D1")],
  ["DuplicateDropped", right.replace("a%3D1%26a%3D1%26a%3D2", "a%3D1")],
  ["DuplicateDropped", right.replace("a%3D1%26a%3D1%26a%3D2", "a%3D2")],
  ["DuplicateDropped", right.replace("a%3D1%26a%3D1%26a%3D2", "a%3D1%26a%3D2")],
  ["EmptyValueDropped", right.replace("%26e%3D", "").replace("%26n%3D", "")],
  ["PlusKept", right.replace("x%2520y", "x%252By")],
  ["NameWithoutEqualsDropped", right.replace("%26n%3D", "")],
  ["QueryNotSigned", `POST&${uri}&a%3D1%26f%3D1%25202%26${oauth}`],
  ["FormNotSigned", right.replace("a%3D1%26a%3D1", "a%3D1").replace("%26f%3D1%25202", "")],
  ["RealmSigned", `${right}%26realm%3DPhotos`],
  ["VersionAlwaysSigned", `${right}%26oauth_version%3D1.0`],
  ["EmptyTokenAdded", `${right}%26oauth_token%3D`],
  ["CallbackNotSigned", right.replace("oauth_callback%3Doob%26", "")],
  ["DefaultPortKept", right.replace("example.com", "example.com%3A80")],
  ["HostCase", right.replace("example.com", "EXAMPLE.com")],
  ["SchemeCase", right.replace("http", "HTTP")],
  ["PathLowerCased", right.replace("X%3By", "x%3By")],
  ["PathDecoded", right.replace("r%2520v", "r%20v")],
  ["PathParametersLost", right.replace("X%3By", "X")],
  [
    "QueryKept",
    right.replace("X%3By", "X%3By%3Fb%3D%28x%2By%29%26a%3D2%26a%3D1%26e%3D%26n%26c%3D%257E"),
  ],
  ["MethodCase", right.replace("POST", "post")],
];

const otherWrong: readonly (readonly [string, string])[] = [
  ["JoinedSort", otherRight.replace("a%3D1%253D2%26a-b%3D1", "a-b%3D1%26a%3D1%253D2")],
  ["DecodedSort", `${otherRight.replace("%25C3%25A9%3D1%26", "")}%26%25C3%25A9%3D1`],
  ["SplitAtSecondEquals", otherRight.replace("1%253D2", "1")],
  ["VerifierNotSigned", otherRight.replace("%26oauth_verifier%3Dv", "")],
  ["PortDropped", otherRight.replace("%3A8443", "")],
  ["EmptyPathKept", otherRight.replace("8443%2F", "8443")],
];

describe("the explanation of a wrong signature", () => {
  it.each(otherWrong)("names %s for another request: %s", async (flag, wrong) => {
    expect(wrong).not.toBe(otherRight);
    const vector = vectorOf(otherInput, otherRight);
    expect(await explained(signer(hmac(otherRight)), vector)).toMatchObject({ outcome: "passed" });
    const result = await explained(signer(hmac(wrong)), vector);
    expect(result?.explanation?.text).toContain(`(${flag}, RFC 5849 §`);
    expect(result?.explanation?.baseStrings?.received).toBe(wrong);
  });

  it("is absent for the correct signature", async () => {
    expect(await explained(signer(hmac(right)))).toMatchObject({ outcome: "passed" });
  });

  it.each(wrongBaseStrings)("names %s by the signature alone: %s", async (flag, wrong) => {
    expect(wrong).not.toBe(right);
    const result = await explained(signer(hmac(wrong)));
    expect(result?.outcome).toBe("failed");
    expect(result?.explanation?.text).toContain(`(${flag}, RFC 5849 §`);
    const { expected, received, index = -1 } = result?.explanation?.baseStrings ?? {};
    expect([expected, received]).toEqual([right, wrong]);
    expect(expected?.slice(0, index)).toBe(received?.slice(0, index));
    expect(expected?.[index]).not.toBe(received?.[index]);
  });

  it.each([
    ["SecretNotEncoded", "c&s&"],
    ["MissingAmpersandWithoutToken", "c%26s"],
    ["SecretsSwapped", "&c%26s"],
  ])("names %s by the signature of the correct base string", async (flag, wrongKey) => {
    const result = await explained(signer(hmac(right, wrongKey)));
    expect(result?.explanation?.text).toContain(`(${flag}, RFC 5849 §3.4.2)`);
    expect(result?.explanation?.baseStrings).toBeUndefined();
  });

  it("compares a reported base string, with or without a known mistake", async () => {
    const wrong = right.replace("oauth_nonce%3DN", "oauth_nonce%3DM");
    const result = await explained(signer(hmac(wrong), wrong));
    expect(result?.explanation).toEqual({
      text:
        "RFC 5849 §3.4.1.1: The method in upper case, the base string URI and the normalized parameters, " +
        'each encoded, are joined by "&". oauth_nonce in the base string has another value (RFC 5849 §3.4.1.3.1).',
      causes: [
        [
          {
            section: "RFC 5849 §3.4.1.3.1",
            text: "oauth_nonce in the base string has another value.",
          },
        ],
      ],
      baseStrings: { expected: right, received: wrong, index: right.indexOf("N%26oauth_sig") },
    });
  });

  it("names no mistake that does not explain the signature", async () => {
    const nothing = await explained(signer(hmac("nothing")));
    expect(nothing?.explanation?.text).toContain("No known mistake explains this signature.");
    expect(nothing?.explanation?.baseStrings).toBeUndefined();
    const wrongSignature = await explained(signer(hmac("nothing"), right));
    expect(wrongSignature?.explanation?.text).toContain(
      "The base string is right, and the signature is not",
    );
    const sent = {
      ...signer(""),
      transmissions: ["header"],
      sign: () => ({ signature: hmac(right) }),
    };
    const { explanation } = (await explained(sent)) ?? {};
    expect(explanation?.causes[0]?.[0]?.text).toBe("The answer has no Authorization header.");
  });

  it("shows both base strings with a caret below the first difference", async () => {
    const decodes: Implementation = {
      name: "decodes",
      version: "1",
      language: "none",
      signatureBaseString: ({ url }) => `GET&${encodeURIComponent(decodeURIComponent(url))}&`,
    };
    const report = await runConformance([decodes], {
      seed: 1,
      cases: 50,
      topics: ["base-string-uri"],
    });
    const text = formatReport(report, { verbose: true });
    const [, expected = "", received = "", caret = ""] =
      /^ {2}where they begin to differ:\n(.*)\n(.*)\n(.*)$/m.exec(text) ?? [];
    const column = caret.indexOf("^");
    expect(expected.slice(12, column)).toBe(received.slice(12, column));
    expect(expected[column]).not.toBe(received[column]);
    expect(text).toContain("RFC 5849 §3.4.1.2: Scheme and host are in lower case");
  });

  it("has a sentence for every section of RFC 5849 that is cited", async () => {
    const nothing = { name: "nothing", version: "1", language: "none" };
    const rejects = new Proxy(nothing, {
      get: (target, name) =>
        name in target || typeof name === "symbol" || name === "then"
          ? Reflect.get(target, name)
          : [
                "transmissions",
                "exactHeaders",
                "headerError",
                "ownNonce",
                "ownTimestamp",
                "ownVersion",
                "signatureMethods",
              ].includes(name)
            ? undefined
            : () => {
                throw new Error("no");
              },
    });
    const results = await runVectors(rejects, loadVectors());
    const silent = results.filter(
      ({ section, outcome, explanation }) =>
        outcome === "failed" && section.startsWith("§") && explanation === undefined,
    );
    expect(silent.map(({ id, section }) => [id, section])).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(500);
  });
});

describe("a signer that chooses its own values", () => {
  /** Signs rightly with what it likes, and tells the header field only. */
  function chooses(
    { nonce, timestamp, version }: { nonce?: string; timestamp?: string; version?: string | null },
    own: Partial<Implementation>,
    mistake: (baseString: string) => string = (baseString) => baseString,
  ): Implementation {
    return {
      name: "chooses",
      version: "1",
      language: "none",
      transmissions: ["header"],
      ...own,
      sign(asked) {
        const oauthVersion = version === undefined ? asked.version : version;
        const carried: Parameter[] = [
          ["oauth_callback", "oob"],
          ["oauth_consumer_key", "ck"],
          ["oauth_nonce", nonce ?? asked.nonce],
          ["oauth_signature_method", "HMAC-SHA1"],
          ["oauth_timestamp", timestamp ?? asked.timestamp],
          ...(oauthVersion === null ? [] : [["oauth_version", oauthVersion] as const]),
        ];
        const written = carried.map(([name, value]) => `${name}%3D${value}`).join("%26");
        const baseString = mistake(right.replace(oauth, written));
        const all = [...carried, ["oauth_signature", hmac(baseString)] as const];
        const fields = all.map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
        return { authorization: `OAuth realm="Photos", ${fields.join(", ")}` };
      },
    };
  }

  it.each([
    ["the nonce", { nonce: "zzz" }, { ownNonce: true }],
    ["the timestamp", { timestamp: "1790000000" }, { ownTimestamp: true }],
    ["a version too many", { version: "1.0" }, { ownVersion: true }],
    [
      "all of it",
      { nonce: "0", timestamp: "5", version: "1.0" },
      { ownNonce: true, ownTimestamp: true, ownVersion: true },
    ],
  ])("may choose %s only if its description says so", async (_, chosen, own) => {
    expect(await explained(chooses(chosen, own))).toMatchObject({ outcome: "passed" });
    expect(await explained(chooses(chosen, {}))).toMatchObject({ outcome: "failed" });
  });

  it("is judged by the requested values that it sends", async () => {
    expect(await explained(chooses({}, { ownNonce: true, ownVersion: true }))).toMatchObject({
      outcome: "passed",
    });
  });

  it.each([
    ["no timestamp", { timestamp: "soon" }],
    ["no integer", { timestamp: "1.5" }],
    ["another version", { version: "2.0" }],
  ])("fails with %s, whoever chose it", async (_, chosen) => {
    const own = { ownTimestamp: true, ownVersion: true };
    expect(await explained(chooses(chosen, own))).toMatchObject({ outcome: "failed" });
  });

  it("gets an explanation with the nonce that it sent", async () => {
    const wrong = (baseString: string) => baseString.replace("example.com", "EXAMPLE.com");
    const result = await explained(chooses({ nonce: "zzz" }, { ownNonce: true }, wrong));
    expect(result?.explanation?.text).toContain("(HostCase, ");
    expect(result?.explanation?.baseStrings?.expected).toContain("oauth_nonce%3Dzzz");
    expect(result?.expected).toMatchObject({ baseString: expect.stringContaining("zzz") });
  });
});
