import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from "node:crypto";
import { inspect } from "node:util";
import {
  type DiagnosisOptions,
  diagnose,
  diagnoseSignature,
  type MistakeName,
  type ReceivedRequest,
  type Secrets,
} from "@oauth1/diagnosis";
import { describe, expect, it } from "vitest";

// The request of RFC 5849 §1.2 for a protected resource, and the other ways to send it.
const NOW = 137131202;
const secrets: Secrets = {
  clientSharedSecret: "kd94hf93k423kf44",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
};
const photo = {
  method: "GET",
  url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
  headers: {
    Authorization:
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
      'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
      'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
  },
} satisfies ReceivedRequest;

function changed(change: (header: string) => string, further: Partial<ReceivedRequest> = {}) {
  return { ...photo, headers: { Authorization: change(photo.headers.Authorization) }, ...further };
}

/** The rules that a request breaks, with their messages. */
function broken(request: ReceivedRequest, options: DiagnosisOptions = {}): Record<string, string> {
  const { findings } = diagnose(request, secrets, { now: NOW, effort: 0, ...options });
  return Object.fromEntries(
    findings.filter(({ holds }) => !holds).map(({ rule, text }) => [rule, text]),
  );
}

describe("rules", () => {
  it("are all followed by the request of RFC 5849 §1.2", () => {
    const { valid, summary, causes, findings } = diagnose(photo, secrets, { now: NOW });
    expect({ valid, summary, causes }).toEqual({
      valid: true,
      summary: "The request is valid.",
      causes: [],
    });
    expect(findings.every(({ section, sentence, text }) => section && sentence && text)).toBe(true);
  });

  it("do not report a request as unsigned if its Authorization header is malformed", () => {
    const request = changed((header) => header.replace('="', "="));
    expect(Object.keys(broken(request))).toEqual(["authorization-header", "transmission"]);
  });

  it("say why a signature is not checked", () => {
    const ofMethod = (name: string) => changed((header) => header.replace("HMAC-SHA1", name));
    expect(broken(ofMethod("HMAC-MD5"))).toMatchObject({
      signature: "The signature is not checked: the signature method is not known.",
    });
    expect(broken({ ...photo, url: "ftp://example.net/" })).toMatchObject({
      signature: "The signature is not checked: the request has no base string.",
    });
  });

  it("come with the protocol parameters of each place, without the signature", () => {
    const parameters = [
      ["oauth_consumer_key", "a b"],
      ["oauth_token", ""],
      ["oauth_token", "+"],
    ];
    const query = "oauth_consumer_key=a%20b&x=1&oauth_token&oauth_signature=s%26t&oauth_token=%2B";
    const inHeader = `OAuth realm="r", oauth_consumer_key="a%20b", oauth_token="", oauth_signature="s%26t"`;
    const places: ReceivedRequest[] = [
      { method: "GET", url: `http://example.net/?${query}` },
      {
        method: "POST",
        url: "http://example.net/",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: query,
      },
      {
        method: "GET",
        url: "http://example.net/?oauth_token=%2B",
        headers: { Authorization: inHeader },
      },
    ];
    for (const request of places) {
      expect(diagnose(request, secrets, { effort: 0 }).protocolParameters).toEqual(parameters);
    }
  });

  const { Authorization } = photo.headers;
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const cases: [
    rule: string,
    text: string,
    request: ReceivedRequest,
    options?: DiagnosisOptions,
  ][] = [
    ["url", "The URL is malformed:", { ...photo, url: "ftp://example.net/" }],
    [
      "content-type",
      "more than one Content-Type",
      {
        ...photo,
        headers: [
          ["content-type", "a/b"],
          ["Content-Type", "a/b"],
        ],
      },
    ],
    [
      "content-type",
      "one well-formed media type",
      { ...photo, headers: { Authorization, "Content-Type": "form" } },
    ],
    [
      "form",
      "without Content-Encoding",
      { ...photo, headers: { ...form, "Content-Encoding": "gzip" }, body: "a=b" },
    ],
    [
      "form",
      "must be sent as UTF-8",
      {
        ...photo,
        headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-16" },
        body: "a=b",
      },
    ],
    ["form", "byte order mark", { ...photo, headers: form, body: "\ufeffa=b" }],
    [
      "authorization-header",
      "more than one Authorization",
      { ...photo, headers: { Authorization: [Authorization, Authorization] } },
    ],
    ["authorization-header", "is malformed", changed((header) => header.replace('="', "="))],
    [
      "authorization-header",
      "has a parameter twice",
      changed((header) => `${header}, oauth_nonce="a"`),
    ],
    ["encoding", "The query is malformed", { ...photo, url: `${photo.url}&a=%zz` }],
    ["encoding", "The form body is malformed", { ...photo, headers: form, body: "a=%" }],
    [
      "encoding",
      "A protocol parameter is not UTF-8",
      { ...photo, url: `${photo.url}&oauth_token=%ff` },
    ],
    [
      "transmission",
      "more than one place: Authorization header and query",
      { ...photo, url: `${photo.url}&oauth_version=1.0` },
    ],
    [
      "once",
      "oauth_version more than once",
      { ...photo, headers: {}, url: `${photo.url}&oauth_version=1.0&oauth_version=1.0` },
    ],
    ["required-parameters", "is not signed", { ...photo, headers: {} }],
    [
      "required-parameters",
      "looks like a signed form",
      { ...photo, headers: {}, body: "a=b&oauth_signature=c" },
    ],
    [
      "required-parameters",
      "no oauth_nonce",
      changed((header) => header.replace('oauth_nonce="chapoH", ', "")),
    ],
    [
      "version",
      'must be 1.0, and is "1.0a"',
      changed((header) => `${header}, oauth_version="1.0a"`),
    ],
    [
      "signature-method",
      "case-sensitive",
      changed((header) => header.replace("HMAC-SHA1", "hmac-sha1")),
    ],
    ["signature-method", "must be one of RSA-SHA1", photo, { signatureMethods: ["RSA-SHA1"] }],
    ["secrecy", "over http", changed((header) => header.replace("HMAC-SHA1", "PLAINTEXT"))],
    [
      "body-hash-place",
      "with a form",
      changed((header) => `${header}, oauth_body_hash="a"`, {
        headers: { Authorization: `${Authorization}, oauth_body_hash="a"`, ...form },
      }),
    ],
    [
      "body-hash-place",
      "with PLAINTEXT",
      changed((header) => `${header.replace("HMAC-SHA1", "PLAINTEXT")}, oauth_body_hash="a"`),
    ],
    ["body-hash", "not that of the body", changed((header) => `${header}, oauth_body_hash="a"`)],
    [
      "timestamp",
      "must be a positive integer",
      changed((header) => header.replace("137131202", "now")),
    ],
    [
      "timestamp",
      "in milliseconds",
      changed((header) => header.replace("137131202", "137131202000")),
    ],
    [
      "timestamp",
      "in milliseconds",
      changed((header) => header.replace("137131202", "1371312021234")),
      { now: null },
    ],
    [
      "timestamp",
      "too many digits",
      changed((header) => header.replace("137131202", "1795766125000000")),
    ],
    [
      "timestamp",
      "too many digits",
      changed((header) => header.replace("137131202", "9".repeat(40))),
    ],
    ["timestamp", "52 years before the clock", photo, { now: NOW + 1_641_000_000 }],
    ["timestamp", "10 minutes before the clock", photo, { now: NOW + 600 }],
    ["timestamp", "2 days after the clock", photo, { now: NOW - 172_800 }],
    ["timestamp", "allow 1 minute", photo, { now: NOW + 600, timestampTolerance: 60 }],
    ["nonce", "must not be empty", changed((header) => header.replace("chapoH", ""))],
    ["nonce", "256", changed((header) => header.replace("chapoH", "a".repeat(257)))],
    ["method", "is malformed", { ...photo, method: "GE T" }],
    ["signature-encoding", "encoded twice", changed((header) => header.replace(/%(?=..)/g, "%25"))],
    ["signature-encoding", "has a space", changed((header) => header.replace("%2F", "%20"))],
    ["signature-encoding", "is empty", changed((header) => header.replace(/Mdp[^"]*/, ""))],
    ["signature", "not that of the request", changed((header) => header.replace("Mdp", "mdp"))],
    [
      "signature",
      "not the base64 of a digest",
      changed((header) => header.replace(/Mdp[^"]*/, "a")),
    ],
  ];
  it.each(cases)("report that %s is broken: %s", (rule, text, request, options) => {
    expect(broken(request, options)[rule]).toContain(text);
  });

  it("do not compare a timestamp with a clock if now is null", () => {
    expect(broken(photo, { now: null })).toEqual({});
  });

  it("accept secrets over http if the option is set", () => {
    const request = changed((header) =>
      header
        .replace("HMAC-SHA1", "PLAINTEXT")
        .replace(/Mdp[^"]*/, "kd94hf93k423kf44%26pfkkdhi9sl3r4s00"),
    );
    expect(broken(request, { allowInsecureTransport: true })).toEqual({});
  });

  it.each([
    [{}, "secrets.clientSharedSecret and secrets.tokenSharedSecret"],
    [{ clientSharedSecret: "kd94hf93k423kf44" }, "secrets.tokenSharedSecret"],
  ])("do not check a signature without a required secret: %j", (known, needed) => {
    const { findings, neededSecrets, causes } = diagnose(photo, known, { now: NOW });
    expect(findings.at(-1)?.text).toBe(`The signature is not checked: pass ${needed}.`);
    expect(neededSecrets).toEqual(["clientSharedSecret", "tokenSharedSecret"]);
    expect(causes).toEqual([]);
  });

  it("do not require a token secret without a token, nor a shared-secret for RSA", () => {
    const needed = (header: string) =>
      diagnose({ ...photo, headers: { Authorization: header } }, {}, { now: NOW }).neededSecrets;
    expect(needed(Authorization.replace('oauth_token="nnch734d00sl2jdk", ', ""))).toEqual([
      "clientSharedSecret",
    ]);
    expect(needed(Authorization.replace("HMAC", "RSA"))).toEqual(["publicKey"]);
    expect(needed(Authorization.replace("HMAC", "AES"))).toEqual([]);
  });

  it("report a request that is signed with the token secret but names no token", () => {
    const header = Authorization.replace('oauth_token="nnch734d00sl2jdk", ', "");
    const request = { ...photo, headers: { Authorization: header } };
    const { baseString } = diagnose(request, secrets, { now: NOW });
    const signature = createHmac("sha1", "kd94hf93k423kf44&pfkkdhi9sl3r4s00")
      .update(baseString ?? "")
      .digest("base64");
    const signed = header.replace(/Mdp[^"]*/, encodeURIComponent(signature));
    const { summary } = diagnose({ ...photo, headers: { Authorization: signed } }, secrets, {
      now: NOW,
    });
    expect(summary).toContain("made with the token secret, and the request has no oauth_token");
  });

  it("are not checked for arguments of the wrong type, which are rejected", () => {
    const wrong = { clientSharedSecret: 1 } as unknown as Secrets;
    expect(() => diagnose(photo, wrong)).toThrow(
      expect.objectContaining({
        name: "DiagnosisError",
        code: "ERR_DIAGNOSIS_OPTION",
        parameter: "secrets.clientSharedSecret",
        message: "secrets.clientSharedSecret: must be a string",
      }),
    );
    const misspelled = { pathPrefix: "/v2" } as unknown as DiagnosisOptions;
    expect(() => diagnose(photo, secrets, misspelled)).toThrow("pathPrefix: is not an option");
    const url = { ...photo, url: new URL(photo.url) } as unknown as ReceivedRequest;
    expect(() => diagnose(url, secrets)).toThrow("request.url: must be a string");
  });
});

/** The photo request, signed by a signer that signs another text or uses another key. */
function signedWith(
  baseString: (right: string) => string,
  key = "kd94hf93k423kf44&pfkkdhi9sl3r4s00",
) {
  const { baseString: right = "" } = diagnose(photo, secrets, { now: NOW });
  const signature = createHmac("sha1", key).update(baseString(right)).digest("base64");
  return changed((header) => header.replace(/Mdp[^"]*/, encodeURIComponent(signature)));
}

describe("causes", () => {
  it("say what the client did, what it must do, and where it shows", () => {
    const request = signedWith((right) => right.replace("GET", "get"));
    const { summary, causes } = diagnose(request, secrets, { now: NOW });
    expect(summary).toBe(
      "Your client does not sign the method in upper case: convert it to upper case (§3.4.1.1). " +
        'In this request: The method is "get", and must be "GET".',
    );
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({
      mistakes: ["MethodCase"],
      section: "§3.4.1.1",
      text: summary,
      maskedKey: "<client secret>&<token secret>",
      comparison: { index: 0, indexInPart: 0 },
    });
    expect(causes[0]?.baseString).toMatch(/^get&http%3A/);
  });

  it("are reported together with other broken rules", () => {
    const request = signedWith((right) => right.replace("GET", "get"));
    const { summary } = diagnose(request, secrets, { now: NOW + 600 });
    expect(summary).toMatch(
      /^Your client does not sign the method in upper case.*before the clock.*\(§3\.3\)\.$/,
    );
  });

  it("contain the key that produced the signature, as a property that is not enumerable", () => {
    const request = signedWith((right) => right, "pfkkdhi9sl3r4s00&kd94hf93k423kf44");
    const diagnosis = diagnose(request, secrets, { now: NOW });
    const [cause] = diagnosis.causes;
    expect(cause?.mistakes).toEqual(["SecretsSwapped"]);
    expect(cause?.key).toBe("pfkkdhi9sl3r4s00&kd94hf93k423kf44");
    expect(cause?.maskedKey).toBe("<token secret>&<client secret>");
    for (const shown of [JSON.stringify(diagnosis), inspect(diagnosis, { depth: 9 })]) {
      expect(shown).not.toMatch(/kd94hf93k423kf44|pfkkdhi9sl3r4s00/);
    }
  });

  it("are empty if no known mistake explains the signature", () => {
    const request = signedWith(() => "another text");
    const { summary, causes, search } = diagnose(request, secrets, { now: NOW });
    expect(causes).toEqual([]);
    expect(search?.isComplete).toBe(true);
    expect(summary).toBe(
      "The signature is not that of the request. " +
        "No known mistake explains it: check that client and server have the same secrets.",
    );
  });

  it("can be three mistakes in one request", () => {
    const request = signedWith((right) =>
      right.replace("GET", "get").replace("http%3A", "https%3A").replace("%26size%3Doriginal", ""),
    );
    // The same, without the query.
    const { baseString: right = "" } = diagnose(request, secrets, { now: NOW });
    const text = right
      .replace("GET", "get")
      .replace("http%3A", "https%3A")
      .replace("file%3Dvacation.jpg%26", "")
      .replace("%26size%3Doriginal", "");
    const three = signedWith(() => text);
    const { causes } = diagnose(three, secrets, { now: NOW });
    expect([...(causes[0]?.mistakes ?? [])].sort()).toEqual([
      "MethodCase",
      "QueryNotSigned",
      "SchemeSwapped",
    ]);
  });

  it("include every mistake that has the same effect on the request", () => {
    const request = { ...photo, url: "http://photos.example.net/photos?a" };
    const { baseString: right = "" } = diagnose(request, secrets, { now: NOW });
    const signature = createHmac("sha1", "kd94hf93k423kf44&pfkkdhi9sl3r4s00")
      .update(right.replace("a%3D%26", ""))
      .digest("base64");
    const signed = changed((header) => header.replace(/Mdp[^"]*/, encodeURIComponent(signature)));
    const { causes } = diagnose({ ...signed, url: request.url }, secrets, { now: NOW });
    expect(causes.map(({ mistakes }) => mistakes.join()).sort()).toEqual([
      "EmptyValueDropped",
      "NameWithoutEqualsDropped",
      "QueryNotSigned",
    ]);
  });

  it("include the hosts and path prefixes of the options", () => {
    const options = { now: NOW, hosts: ["Internal:8080"], pathPrefixes: ["/v2"] };
    const host = signedWith((right) => right.replace("photos.example.net", "internal%3A8080"));
    expect(diagnose(host, secrets, options).causes[0]?.mistakes).toEqual(["HostReplaced"]);
    const path = signedWith((right) => right.replace("%2Fphotos&", "%2Fv2%2Fphotos&"));
    expect(diagnose(path, secrets, options).causes[0]?.mistakes).toEqual(["BasePathDropped"]);
    expect(diagnose(path, secrets, { now: NOW }).causes).toEqual([]);
  });

  it("include the host of a proxy's header and the method of an override", () => {
    const host = signedWith((right) => right.replace("photos.example.net", "public.example"));
    const behind = { ...host, headers: { ...host.headers, "X-Forwarded-Host": "public.example" } };
    expect(diagnose(behind, secrets, { now: NOW }).causes[0]?.mistakes).toEqual(["HostReplaced"]);
    const method = signedWith((right) => right.replace("GET", "MERGE"));
    const override = {
      ...method,
      headers: { ...method.headers, "X-HTTP-Method-Override": "MERGE" },
    };
    expect(diagnose(override, secrets, { now: NOW }).causes[0]?.mistakes).toEqual([
      "MethodOverridden",
    ]);
  });
});

describe("PLAINTEXT", () => {
  const special: Secrets = { clientSharedSecret: "a+b&c", tokenSharedSecret: "d%e" };
  function plaintext(sent: string): ReceivedRequest {
    return changed((header) => header.replace("HMAC-SHA1", "PLAINTEXT").replace(/Mdp[^"]*/, sent), {
      url: photo.url.replace("http:", "https:"),
    });
  }
  const right = "a%2Bb%26c&d%25e";
  const cases: [sent: string, mistakes: MistakeName[]][] = [
    [encodeURIComponent("a+b&c&d%e"), ["SecretNotEncoded"]],
    [encodeURIComponent("a%252Bb%2526c&d%2525e"), ["SecretEncodedTwice"]],
    [encodeURIComponent("d%25e&a%2Bb%26c"), ["SecretsSwapped"]],
    [encodeURIComponent("a%2Bb%26c&"), ["TokenSecretMissing"]],
    [encodeURIComponent("&d%25e"), ["ClientSecretMissing"]],
    [encodeURIComponent("a%2Bb%26c&d%25e%0A"), ["SecretWhitespace"]],
    [encodeURIComponent(encodeURIComponent(right)), ["SignatureEncodedTwice"]],
    [encodeURIComponent("a%2Bb%26c"), ["TokenSecretMissing", "MissingAmpersandWithoutToken"]],
  ];
  it("is valid if the secrets are right", () => {
    expect(diagnose(plaintext(encodeURIComponent(right)), special, { now: NOW }).valid).toBe(true);
  });
  it.each(cases)("is explained: %s by %s", (sent, mistakes) => {
    const diagnosis = diagnose(plaintext(sent), special, { now: NOW });
    expect(diagnosis.causes[0]?.mistakes).toEqual(mistakes);
    expect(JSON.stringify(diagnosis)).not.toMatch(/a\+b|a%2Bb|d%e|d%25e/);
  });
});

describe("RSA", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  function signed(
    method: string,
    hash: string,
    change: (text: string) => string,
    key = privateKey,
  ) {
    const request = changed((header) => header.replace("HMAC-SHA1", method));
    const { baseString: right = "" } = diagnose(request, { publicKey }, { now: NOW });
    const signature = sign(hash, Buffer.from(change(right)), key).toString("base64");
    return changed((header) =>
      header.replace("HMAC-SHA1", method).replace(/Mdp[^"]*/, encodeURIComponent(signature)),
    );
  }

  it.each(["SHA1", "SHA256", "SHA512"])("is verified with every form of the key: %s", (hash) => {
    const request = signed(`RSA-${hash}`, hash, (text) => text);
    const forms = [
      publicKey.export({ format: "pem", type: "spki" }) as string,
      publicKey.export({ format: "pem", type: "pkcs1" }) as string,
      publicKey.export({ format: "jwk" }),
      createPublicKey(createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }))),
    ];
    for (const form of forms) {
      expect(diagnose(request, { publicKey: form as string }, { now: NOW }).valid).toBe(true);
    }
  });

  it("is explained if the base string or the hash function is wrong", () => {
    const request = signed("RSA-SHA256", "SHA1", (text) => text.replace("GET", "get"));
    const { causes } = diagnose(request, { publicKey }, { now: NOW });
    expect(causes[0]?.mistakes).toEqual(["MethodCase", "WrongHash"]);
    expect(causes[0]?.key).toBeUndefined();
  });

  it("is proven to be from another private key", () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const request = signed("RSA-SHA1", "SHA1", (text) => text, other);
    const { causes, summary } = diagnose(request, { publicKey }, { now: NOW });
    expect(causes).toEqual([]);
    expect(summary).toBe("The private key of this public key did not make the signature.");
  });
});

describe("a base string that the client claims", () => {
  it("is reported with the mistake and the proof if it was signed", () => {
    const wrong = (right: string) => right.replace("photos.example.net", "photos.example.net%3A80");
    const request = signedWith(wrong);
    const { baseString = "" } = diagnose(request, secrets, { now: NOW });
    const { claim, causes } = diagnose(request, secrets, {
      now: NOW,
      baseString: wrong(baseString),
    });
    expect(claim).toMatchObject({ isSigned: true, mistakes: [["DefaultPortKept"]] });
    expect(claim?.comparison.differences).toEqual([
      {
        element: "base-string-uri",
        kind: "changed",
        expected: "http://photos.example.net/photos",
        received: "http://photos.example.net:80/photos",
        text: 'The base string URI is "http://photos.example.net:80/photos", and must be "http://photos.example.net/photos".',
      },
    ]);
    expect(causes[0]?.mistakes).toEqual(["DefaultPortKept"]);
  });

  it("is reported with the mistake in the key as well", () => {
    const wrong = (right: string) => right.replace("GET", "get");
    const request = signedWith(wrong, "kd94hf93k423kf44&");
    const { baseString = "" } = diagnose(request, secrets, { now: NOW });
    const { causes } = diagnose(request, secrets, { now: NOW, baseString: wrong(baseString) });
    expect(causes[0]?.mistakes).toEqual(["MethodCase", "TokenSecretMissing"]);
  });

  it("is compared even if no known mistake explains it", () => {
    const wrong = (right: string) => right.replace("vacation.jpg", "vacation.png");
    const request = signedWith(wrong);
    const { baseString = "" } = diagnose(request, secrets, { now: NOW });
    const { claim, summary } = diagnose(request, secrets, {
      now: NOW,
      baseString: wrong(baseString),
    });
    expect(claim).toMatchObject({ isSigned: true, mistakes: [] });
    expect(summary).toBe(
      "The signature is not that of the request. It is that of the base string that the client " +
        "claims, which no known mistake explains. " +
        'The parameter "file" has the value "vacation.png", and must have "vacation.jpg".',
    );
  });

  it("is reported if it is not what was signed", () => {
    const request = signedWith((right) => right.replace("GET", "get"));
    const { claim, causes } = diagnose(request, secrets, { now: NOW, baseString: "GET&a&b" });
    expect(claim?.isSigned).toBe(false);
    expect(causes[0]?.mistakes).toEqual(["MethodCase"]);
  });

  it("is explained even if the request has no signature", () => {
    const unsigned = changed((header) => header.replace(/, oauth_signature=.*$/, ""));
    const { baseString = "" } = diagnose(unsigned, {}, { now: NOW });
    const claimed = baseString
      .replace("%3Dvacation.jpg", "%253Dvacation.jpg")
      .replace("GET", "get");
    const wrong = diagnose(unsigned, {}, { now: NOW, baseString: claimed });
    expect(wrong.claim).toMatchObject({ isSigned: false, mistakes: [] });
    const port = baseString.replace(".net", ".net%3A80").replace("GET", "get");
    const { claim, causes } = diagnose(unsigned, {}, { now: NOW, baseString: port });
    expect(claim?.mistakes).toEqual([["DefaultPortKept", "MethodCase"]]);
    expect(causes).toEqual([]);
  });
});

describe("the signature of a known base string", () => {
  const baseString = "GET&http%3A%2F%2Fexample.com%2F&a%3Db";
  const hmac = (key: string, hash = "sha1") => createHmac(hash, key).update(baseString);
  const pair: Secrets = { clientSharedSecret: "c&s", tokenSharedSecret: "t s" };
  const alone: Secrets = { clientSharedSecret: "c&s" };
  const cases: [signature: string, its: Secrets, mistakes: MistakeName[] | undefined][] = [
    [hmac("c%26s&t%20s").digest("base64"), pair, []],
    [hmac("c&s&t s").digest("base64"), pair, ["SecretNotEncoded"]],
    [hmac("t%20s&c%26s").digest("base64"), pair, ["SecretsSwapped"]],
    [hmac("c%26s").digest("base64"), alone, ["MissingAmpersandWithoutToken"]],
    [hmac("c%26s&").digest("hex"), alone, ["HexDigest"]],
    [hmac("c%26s&", "sha256").digest("base64"), alone, ["WrongHash"]],
    [hmac("c&s&", "sha256").digest("hex"), alone, ["SecretNotEncoded", "HexDigest", "WrongHash"]],
    [hmac("something else").digest("base64"), alone, undefined],
    ["junk", alone, undefined],
  ];

  it.each(cases)("is explained: %s", (signature, its, mistakes) => {
    const signed = { signature, baseString, signatureMethod: "HMAC-SHA1" };
    expect(diagnoseSignature(signed, its)[0]).toEqual(mistakes);
  });

  it("is explained for PLAINTEXT and for RSA", () => {
    const plain = { signature: "c&s&", baseString: "", signatureMethod: "PLAINTEXT" };
    expect(diagnoseSignature(plain, alone)).toEqual([["SecretNotEncoded"]]);
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signature = sign("sha256", Buffer.from(baseString), privateKey).toString("base64");
    const rsa = { signature, baseString, signatureMethod: "RSA-SHA1" };
    expect(diagnoseSignature(rsa, { publicKey })).toEqual([["WrongHash"]]);
  });

  it("is not explained for an unknown signature method, and a misspelled member is rejected", () => {
    const signed = { signature: "", baseString, signatureMethod: "ROT13" };
    expect(diagnoseSignature(signed, alone)).toEqual([]);
    const misspelled = { ...signed, basestring: "" } as typeof signed;
    expect(() => diagnoseSignature(misspelled, alone)).toThrow("basestring");
  });
});

describe("hostile requests", () => {
  const MEGABYTE = 1_048_576;
  const header = photo.headers.Authorization.replace("Mdp", "mdp");
  const form = { Authorization: header, "Content-Type": "application/x-www-form-urlencoded" };
  const bodies: [what: string, request: ReceivedRequest][] = [
    ["100,000 parameters", { ...photo, headers: form, body: "a=b&".repeat(100_000) }],
    ["a value of a megabyte", { ...photo, headers: form, body: `a=${"%20".repeat(MEGABYTE / 3)}` }],
    [
      "a megabyte of JSON",
      {
        ...photo,
        headers: { Authorization: header, "Content-Type": "application/json" },
        body: JSON.stringify({ a: "x".repeat(MEGABYTE) }),
      },
    ],
    [
      "a megabyte of nested JSON",
      {
        ...photo,
        headers: { Authorization: header, "Content-Type": "application/json" },
        body: `{"a":${"[".repeat(MEGABYTE)}`,
      },
    ],
    [
      "deeply nested JSON",
      {
        ...photo,
        headers: { Authorization: header, "Content-Type": "application/json" },
        body: `{"a":${"[".repeat(MEGABYTE / 4)}${"]".repeat(MEGABYTE / 4)}}`,
      },
    ],
    [
      "a path of semicolons",
      { ...photo, headers: form, url: `http://a/${";".repeat(MEGABYTE / 2)}/` },
    ],
    [
      "100,000 headers of one name",
      {
        ...photo,
        headers: [
          ["Authorization", header],
          ...Array.from({ length: 100_000 }, (_, at) => ["X-Forwarded-Host", `h${at}`] as const),
        ],
      },
    ],
    [
      "a path of a megabyte",
      { ...photo, headers: form, url: `http://a/${"..;/".repeat(MEGABYTE / 4)}` },
    ],
    [
      "a signature of a megabyte",
      changed((value) => value.replace(/Mdp[^"]*/, "%25".repeat(MEGABYTE / 3))),
    ],
    ["a nonce of a megabyte", changed((value) => value.replace("chapoH", "n".repeat(MEGABYTE)))],
    [
      "100,000 header parameters",
      changed(
        (value) => value + Array.from({ length: 100_000 }, (_, at) => `, p${at}="1"`).join(""),
      ),
    ],
  ];
  it.each(bodies)("are diagnosed with bounded work: %s", (_, request) => {
    const start = process.cpuUsage();
    const { valid, search } = diagnose(request, secrets, { now: NOW });
    const { user } = process.cpuUsage(start);
    expect(valid).toBe(false);
    expect(search?.tried ?? 0).toBeLessThan(30_000);
    // A megabyte takes a fraction of a second; work that is not linear takes minutes.
    expect(user / 1e6).toBeLessThan(20);
  });
});
