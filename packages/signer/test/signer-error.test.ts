import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import {
  createSigner,
  redactCredentials,
  type SignableRequest,
  SignerError,
  type SignerErrorCode,
  type SignOptions,
  sign,
} from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos } from "./rfc-examples.js";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const request = { method: "POST", url: "http://example.com/" };
const SECRETS = /kd94hf93k423kf44|pfkkdhi9sl3r4s00/;

function expectRejection(code: SignerErrorCode, parameter: string, run: () => unknown): void {
  let caught: unknown;
  try {
    run();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(SignerError);
  expect(caught).toBeInstanceOf(Error);
  expect(caught).toMatchObject({ name: "SignerError", code, parameter });
  expect(String(caught)).toContain(parameter);
  expect(String(caught)).not.toMatch(SECRETS);
}

describe("ERR_CREDENTIALS", () => {
  for (const [parameter, options] of Object.entries({
    "client.identifier": { client: { identifier: undefined, sharedSecret: "s" } },
    "client.sharedSecret": { client: { identifier: "i" } },
    "token.identifier": { ...photos, token: { identifier: 1, sharedSecret: "s" } },
    "token.sharedSecret": { ...photos, token: { identifier: "i", sharedSecret: null } },
  })) {
    it(`rejects ${parameter}`, () => {
      expectRejection("ERR_CREDENTIALS", parameter, () => createSigner(options as never));
    });
  }
});

describe("secrets that went through JSON", () => {
  it("are rejected, because they are the text [redacted]", () => {
    const signer = createSigner(photos);
    const revived = JSON.parse(JSON.stringify({ client: signer.client, token: signer.token }));
    expect(revived.client.sharedSecret).toBe("[redacted]");
    expectRejection("ERR_CREDENTIALS", "client.sharedSecret", () => createSigner(revived));
    expectRejection("ERR_CREDENTIALS", "token.sharedSecret", () =>
      createSigner({ client: signer.client as never, token: revived.token }),
    );
    expectRejection("ERR_CREDENTIALS", "credentials.sessionHandle", () =>
      redactCredentials({ identifier: "i", sharedSecret: "s", sessionHandle: "[redacted]" }),
    );
    expectRejection("ERR_CREDENTIALS", "client.privateKey", () =>
      createSigner({ client: { identifier: "i", privateKey: "[redacted]" } } as never),
    );
  });
});

describe("options", () => {
  const wrong: Record<string, unknown[]> = {
    transmission: ["Header", "body", "", "toString", "__proto__", null, 1],
    version: ["", "1.1", "2.0", 1, false],
    client: ["dpf43f3p2l4k3l03", 1, () => {}],
    token: ["nnch734d00sl2jdk", 1, true],
    signatureMethod: ["HMAC-SHA1", {}, null, [hmacSha256], hmacSha256.prepareToSign],
    realm: [1, {}, ["Photos"]],
    bodyHash: ["false", 1, null],
    allowInsecureTransport: ["false", 1, null],
    clock: [137131200, "now", null],
    nonce: ["wIjqoS", 1, null],
  };
  for (const [option, values] of Object.entries(wrong)) {
    it.each(values.map((value) => [String(value), value]))(`reject ${option}: %s`, (_, value) => {
      expectRejection("ERR_SIGNER_OPTION", option, () =>
        createSigner({ ...photos, [option]: value } as never),
      );
      expectRejection("ERR_SIGNER_OPTION", option, () =>
        sign(request, { ...photos, [option]: value } as never),
      );
    });
  }

  it.each(["Realm", "callback", "signature_method", "secret", "allowInsecure"])(
    "reject the unknown option %s",
    (name) => {
      expectRejection("ERR_SIGNER_OPTION", name, () =>
        createSigner({ ...photos, [name]: "x" } as never),
      );
      expectRejection("ERR_SIGNER_OPTION", name, () =>
        sign(request, { ...photos, [name]: "x" } as never),
      );
      const { sign: signRequest } = createSigner(photos);
      expectRejection("ERR_SIGNER_OPTION", name, () =>
        signRequest(request, { [name]: "x" } as never),
      );
    },
  );

  it("must be an object", () => {
    for (const options of [undefined, null, "x", 1, [], Promise.resolve(photos)]) {
      expectRejection("ERR_SIGNER_OPTION", "options", () => createSigner(options as never));
    }
    expectRejection("ERR_SIGNER_OPTION", "options", () =>
      createSigner(photos).sign(request, null as never),
    );
  });

  it.each<[string, unknown]>([
    ["protocolParameters", { oauth_callback: "oob" }],
    ["protocolParameters", [["oauth_callback"]]],
    ["protocolParameters", [["oauth_callback", 1]]],
    ["protocolParameters", [[1, "oob"]]],
    ["protocolParameters", ["oauth_callback"]],
    ["bodyHash", "yes"],
    ["timestampOffset", "300"],
    ["timestampOffset", Number.NaN],
  ])("reject %s of one request: %j", (name, value) => {
    expectRejection("ERR_SIGNER_OPTION", name, () =>
      createSigner(photos).sign(request, { [name]: value } as never),
    );
  });

  for (const timestamp of [
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    "1" as never,
  ]) {
    it(`ERR_TIMESTAMP: rejects ${timestamp} (RFC 5849 §3.3 requires a positive integer)`, () => {
      expectRejection("ERR_TIMESTAMP", "oauth_timestamp", () =>
        sign(request, { ...photos, clock: () => timestamp }),
      );
    });
  }

  for (const nonce of ["", undefined, 1]) {
    it(`ERR_NONCE: rejects ${JSON.stringify(nonce)}`, () => {
      expectRejection("ERR_NONCE", "oauth_nonce", () =>
        sign(request, { ...photos, nonce: () => nonce as never }),
      );
    });
  }
});

describe("ERR_PROTOCOL_PARAMETER", () => {
  for (const [name, ...more] of [
    ["callback"],
    ["OAUTH_CALLBACK"],
    ["realm"],
    [""],
    ["oauth_signature"],
    ["oauth_consumer_key"],
    ["oauth_nonce"],
    ["oauth_signature_method"],
    ["oauth_timestamp"],
    ["oauth_token"],
    ["oauth_version"],
    ["oauth_callback", "oauth_callback"],
  ] as const) {
    it(`rejects ${[name, ...more].join(", ") || "an empty name"}`, () => {
      const protocolParameters: SignOptions["protocolParameters"] = [name, ...more].map(
        (name) => [name, "x"] as const,
      );
      expectRejection("ERR_PROTOCOL_PARAMETER", name, () =>
        sign(request, { ...photos, protocolParameters }),
      );
    });
  }
});

describe("ERR_PARAMETER_COLLISION (RFC 5849 §3.5)", () => {
  for (const spelled of ["oauth_nonce", "oauth%5Fnonce", "oauth%5fnonce", "%6Fauth_nonce"]) {
    it(`rejects ${spelled} in the query`, () => {
      for (const query of [`${spelled}=x`, `a&${spelled}`]) {
        expectRejection("ERR_PARAMETER_COLLISION", "oauth_nonce", () =>
          sign({ ...request, url: `http://example.com/?${query}` }, photos),
        );
      }
    });

    it(`rejects ${spelled} in a form`, () => {
      for (const body of [`a=b&${spelled}=x`, new TextEncoder().encode(`${spelled}=x`)]) {
        expectRejection("ERR_PARAMETER_COLLISION", "oauth_nonce", () =>
          sign({ ...request, headers: FORM, body }, photos),
        );
      }
    });
  }

  it("rejects a protocol parameter in a form of pairs or URLSearchParams", () => {
    for (const body of [[["oauth_token", "x"]] as const, new URLSearchParams("oauth_token=x")]) {
      expectRejection("ERR_PARAMETER_COLLISION", "oauth_token", () =>
        sign({ ...request, body }, photos),
      );
    }
  });

  it("rejects a parameter of this request, and oauth_signature", () => {
    const protocolParameters = [["oauth_callback", "oob"]] as const;
    const url = "http://example.com/?oauth_callback=oob";
    expectRejection("ERR_PARAMETER_COLLISION", "oauth_callback", () =>
      sign({ ...request, url }, { ...photos, protocolParameters }),
    );
    expectRejection("ERR_PARAMETER_COLLISION", "oauth_signature", () =>
      sign({ ...request, url: "http://example.com/?oauth%5fsignature=x" }, photos),
    );
  });

  it("accepts other names, another case, and values", () => {
    const url = "http://example.com/?oauth_nonces=1&OAUTH_NONCE=2&x=oauth_nonce&oauth_=3&realm=4";
    const signed = sign({ ...request, url }, photos);
    expect(signed.baseString).toContain("realm%3D4%26x%3Doauth_nonce");
  });
});

describe("a request", () => {
  for (const name of ["Authorization", "authorization", "AUTHORIZATION"]) {
    it(`is rejected with ERR_AUTHORIZATION_PRESENT: ${name}`, () => {
      const headers = { [name]: "Basic eDp5" };
      expectRejection("ERR_AUTHORIZATION_PRESENT", "Authorization", () =>
        sign({ ...request, headers }, photos),
      );
      expect(sign({ ...request, headers }, { ...photos, transmission: "query" }).headers).toEqual(
        headers,
      );
    });
  }

  it.each(["OAuth oauth_nonce=a", "oauth", "Basic eDp5, OAuth oauth_nonce=a"])(
    "is rejected with ERR_AUTHORIZATION_PRESENT: protocol parameters both in Authorization and elsewhere (%s)",
    (authorization) => {
      for (const transmission of ["query", "form-body"] as const) {
        expectRejection("ERR_AUTHORIZATION_PRESENT", "Authorization", () =>
          sign({ ...request, headers: { authorization } }, { ...photos, transmission }),
        );
      }
    },
  );

  it("is rejected with ERR_FORM_BODY: a body with the content type of a form that cannot be read as one", () => {
    for (const body of [new Blob(["a=1"]), new Blob(["a=1"]).stream(), new FormData(), { a: 1 }]) {
      expectRejection("ERR_FORM_BODY", "body", () =>
        sign({ ...request, headers: FORM, body }, photos),
      );
    }
  });

  it("is rejected with ERR_BODY_NOT_FORM: a body that cannot carry the protocol parameters", () => {
    const options = { ...photos, transmission: "form-body" } as const;
    const others: Partial<SignableRequest<unknown>>[] = [
      { body: "a=1" },
      { body: new Blob(["a=1"]) },
      { body: "{}", headers: { "content-type": "application/json" } },
      { headers: { "content-type": "text/plain" } },
    ];
    for (const other of others) {
      expectRejection("ERR_BODY_NOT_FORM", "body", () => sign({ ...request, ...other }, options));
    }
  });

  it("is rejected with ERR_BODY_HASH: a body hash for a form, a stream, or PLAINTEXT", () => {
    const hashed = { ...photos, bodyHash: true };
    for (const body of [
      [["a", "1"]] as const,
      new URLSearchParams("a=1"),
      new Blob(["a"]).stream(),
    ]) {
      expectRejection("ERR_BODY_HASH", "oauth_body_hash", () => sign({ ...request, body }, hashed));
    }
    expectRejection("ERR_BODY_HASH", "oauth_body_hash", () =>
      sign(
        { ...request, url: "https://example.com/", body: "a" },
        { ...hashed, signatureMethod: plaintext },
      ),
    );
    // The form-body transmission creates a form if the request has no body.
    expectRejection("ERR_BODY_HASH", "oauth_body_hash", () =>
      sign({ ...request, body: null }, { ...hashed, transmission: "form-body" }),
    );
  });

  it("is rejected with ERR_INSECURE_TRANSPORT: PLAINTEXT without https (RFC 5849 §3.4.4)", () => {
    const options = { ...photos, signatureMethod: plaintext };
    expectRejection("ERR_INSECURE_TRANSPORT", "url", () => sign(request, options));
    for (const url of ["https://example.com/", "HTTPS://example.com/"]) {
      expect(sign({ ...request, url }, options).signature).toBe(
        "kd94hf93k423kf44&pfkkdhi9sl3r4s00",
      );
    }
    expect(sign(request, { ...options, allowInsecureTransport: true }).signature).toBe(
      "kd94hf93k423kf44&pfkkdhi9sl3r4s00",
    );
    expect(sign(request, { ...photos, signatureMethod: hmacSha256 }).signature).toHaveLength(44);
  });
});

describe("errors of lower layers", () => {
  it("are passed on with their index", () => {
    expect(() => sign({ ...request, method: "PO ST" }, photos)).toThrow(
      expect.objectContaining({ name: "BaseStringError", code: "ERR_METHOD", index: 2 }),
    );
    expect(() => sign({ ...request, url: "/a" }, photos)).toThrow(
      expect.objectContaining({ name: "BaseStringError", code: "ERR_URL_SCHEME", index: 0 }),
    );
    expect(() => sign({ ...request, url: "http://example.com/?a=%zz" }, photos)).toThrow(
      expect.objectContaining({
        name: "PercentEncodingError",
        code: "ERR_BROKEN_ESCAPE",
        index: "http://example.com/?a=".length,
      }),
    );
    expect(() => sign({ ...request, headers: FORM, body: "a=1&b=%" }, photos)).toThrow(
      expect.objectContaining({ name: "PercentEncodingError", index: "a=1&b=".length }),
    );
    expect(() => sign(request, { ...photos, realm: "a\r\nX: y" })).toThrow(
      expect.objectContaining({ name: "AuthorizationHeaderError", code: "ERR_REALM", index: 1 }),
    );
  });
});
