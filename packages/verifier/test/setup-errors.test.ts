// What the operator of a server is told, whole: about options, and about the result of a credential
// store.
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { VerifierError, type VerifierOptions } from "@oauth1/verifier";
import { cachedCredentials } from "@oauth1/verifier/credentials/cache";
import { createLtiVerifier } from "@oauth1/verifier/lti";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { describe, expect, it } from "vitest";
import { type Account, client, signed, testVerifier, token } from "./verifying-server.js";

const ORIGIN =
  "publicOrigin must be a scheme, a host and an optional port, such as https://api.example.com";
const PATH =
  "publicPath must begin with a slash, not end with one, and be percent-encoded, such as /prod";
const METHODS =
  "signatureMethods must be a list of signature methods such as [hmacSha1], which are objects, not names";

type Options = Partial<VerifierOptions<Account>>;

describe("an option is rejected:", () => {
  it.each<[code: string, message: string, options: Options]>([
    ...[
      ...["ftp://a", "https://a/b", "https://a?b", "https://a#b", "https://u@a", "a.example"],
      ...["https://", "https://a:b", "xhttps://a", "https://a//", "https:/a"],
    ].map((publicOrigin): [string, string, Options] => [
      "ERR_PUBLIC_ORIGIN",
      ORIGIN,
      { publicOrigin },
    ]),
    ...["prod", "/prod/", "/", "/a//b", "/a?b", "/a#b", "/é", "/a b", "//"].map(
      (publicPath): [string, string, Options] => ["ERR_PUBLIC_PATH", PATH, { publicPath }],
    ),
    ...["10.0.0.0/33", "a", "::1/129", ""].map((address): [string, string, Options] => [
      "ERR_TRUSTED_PROXIES",
      `trustedProxies.addresses must be IP addresses or ranges, but contains ${address}`,
      { trustedProxies: { addresses: ["::1", address], fields: ["forwarded"] } },
    ]),
    ...(
      [
        ["credentials", "an object with a function find(client, token)"],
        ["nonces", "a nonce store, such as the result of memoryNonceStore()"],
        ["timestampTolerance", "a whole number of at least 1"],
        ["realm", "a string"],
        ["publicOrigin", "a string"],
        ["publicPath", "a string"],
        ["trustedProxies", "an object"],
        ["token", '"required", "optional" or "none"'],
        ["problemReporting", '"full", "code" or "none"'],
        ["requireBodyHash", "true or false"],
        ["allowInsecureTransport", "true or false"],
        ["limits", "an object"],
        ["clock", "a function"],
      ] as const
    ).map(([name, what]): [string, string, Options] => [
      "ERR_VERIFIER_OPTION",
      `createVerifier: ${name} must be ${what}`,
      { [name]: 7.5 },
    ]),
    [
      "ERR_VERIFIER_OPTION",
      `createVerifier: ${METHODS}`,
      { signatureMethods: ["HMAC-SHA1"] as never },
    ],
    [
      "ERR_VERIFIER_OPTION",
      "trustedProxies: addresses must be a list of IP addresses and ranges",
      { trustedProxies: { addresses: "::1", fields: ["forwarded"] } as never },
    ],
    [
      "ERR_VERIFIER_OPTION",
      "trustedProxies: fields must be a list with at least one of forwarded, x-forwarded-for, x-forwarded-host, x-forwarded-proto",
      { trustedProxies: { addresses: [], fields: [] } },
    ],
  ])("%s %s (%#)", (code, message, options) => {
    const create = () => testVerifier(options);
    expect(create).toThrow(VerifierError);
    expect(create).toThrow(expect.objectContaining({ code, message }));
  });

  it.each<[message: string, options: object]>([
    [
      `createLtiVerifier: ${METHODS}, and each must require a nonce and not reveal the secrets, because the user's browser reads the signature`,
      { signatureMethods: [plaintext] },
    ],
    ...[[], ["a"], "basic-lti-launch-request"].map((messageTypes): [string, object] => [
      "createLtiVerifier: messageTypes must be a list of basic-lti-launch-request and ContentItemSelectionRequest, of one or both",
      { messageTypes },
    ]),
  ])("%s (%#)", (message, options) => {
    const right = {
      credentials: { find: () => ({ client: undefined }) },
      nonces: memoryNonceStore(),
    };
    expect(() => createLtiVerifier({ ...right, ...options } as never)).toThrow(
      expect.objectContaining({ code: "ERR_VERIFIER_OPTION", message }),
    );
  });

  it.each<[message: string, options: object]>([
    ["maxEntries must be a whole number of at least 1", { maxEntries: 0 }],
    ["maxAge must be a whole number of at least 1", { maxAge: 0 }],
    ["maxUnknown must be a whole number of at least 0", { maxUnknown: -1 }],
    ["maxUnknownAge must be a whole number of at least 1", { maxUnknownAge: 0 }],
    ["clock must be a function", { clock: 1 }],
  ])("cachedCredentials: %s", (message, options) => {
    const store = { find: () => ({ client: undefined }) };
    expect(() => cachedCredentials(store, options)).toThrow(
      expect.objectContaining({
        code: "ERR_VERIFIER_OPTION",
        message: `cachedCredentials: ${message}`,
      }),
    );
    cachedCredentials(store, { maxEntries: 1, maxAge: 1, maxUnknown: 0, maxUnknownAge: 1 });
  });
});

describe("a public URL", () => {
  it.each<[options: Options, url: string]>([
    [{ publicOrigin: "https://a.example" }, "https://a.example/b?c"],
    [{ publicOrigin: "HTTPS://A.example:8443/" }, "https://A.example:8443/b?c"],
    [{ publicOrigin: "http://[::1]:80" }, "http://[::1]:80/b?c"],
    [{ publicPath: "" }, "https://api.example.com/b?c"],
    [{ publicPath: "/prod/v1" }, "https://api.example.com/prod/v1/b?c"],
    [
      { publicPath: "/%41!\"$&'()*+,;=:@~-._<>[]^`{|}" },
      "https://api.example.com/%41!\"$&'()*+,;=:@~-._<>[]^`{|}/b?c",
    ],
  ])("of %j is %s", async (options, url) => {
    const message = { method: "GET", url: "https://api.example.com/b?c" };
    expect((await testVerifier(options).receive(message))?.url).toBe(url);
  });
});

describe("the result of credentials.find() is rejected:", () => {
  const enabled = { identifier: client.identifier, sharedSecrets: [client.sharedSecret] };
  const ofToken = (changes: object) => ({
    client: enabled,
    token: { identifier: token.identifier, sharedSecrets: [token.sharedSecret], ...changes },
  });
  it.each<[problem: string, answer: unknown]>([
    ["find() must return an object such as { client: { … } }", true],
    ["client must be an object, or undefined", { client: "a" }],
    ["client.identifier must be a string", { client: { ...enabled, identifier: 1 } }],
    [
      "client.status must be one of enabled, refused, rejected, or undefined",
      { client: { ...enabled, status: "disabled" } },
    ],
    [
      "client.sharedSecrets must be an array of strings",
      { client: { ...enabled, sharedSecrets: "a" } },
    ],
    [
      "client.sharedSecrets must be an array of strings",
      { client: { ...enabled, sharedSecrets: ["a", 1] } },
    ],
    [
      "client.sharedSecrets must be an array of strings; sharedSecret is not read",
      { client: { ...enabled, sharedSecret: "a" } },
    ],
    [
      "client.sharedSecrets must contain the secrets, not the text [redacted]",
      { client: { ...enabled, sharedSecrets: ["a", "[redacted]"] } },
    ],
    [
      "client.signatureMethods must be an array of strings",
      { client: { ...enabled, signatureMethods: "HMAC-SHA1" } },
    ],
    ["client must have sharedSecrets or publicKey", { client: { identifier: "a" } }],
    ["token must be an object, or undefined", { client: enabled, token: "a" }],
    ["token.identifier must be a string", ofToken({ identifier: 1 })],
    [
      "token.status must be one of enabled, used, expired, revoked, rejected, or undefined",
      ofToken({ status: "refused" }),
    ],
    ["token.sharedSecrets must be an array of strings", ofToken({ sharedSecrets: undefined })],
    ["token.sharedSecrets must be an array of strings", ofToken({ sharedSecrets: {} })],
  ])("%s (%#)", async (problem, answer) => {
    const message = `the result of credentials.find() is invalid: ${problem}`;
    const cached = cachedCredentials({ find: () => answer as never });
    await expect(cached.find(client.identifier, token.identifier)).rejects.toThrow(
      new TypeError(message),
    );
  });

  it.each<[what: string, answer: { client: object; token?: object }]>([
    ["a client that is not enabled", { client: { identifier: "a", status: "rejected" } }],
    ["a client with only a public key", { client: { identifier: "a", publicKey: "b" } }],
    ["a token that is not enabled", ofToken({ sharedSecrets: undefined, status: "used" })],
  ])("but not %s without secrets", async (_, answer) => {
    const cached = cachedCredentials({ find: () => answer as never });
    expect(await cached.find("a", "b")).toMatchObject(answer);
  });
});

it("a verifier accepts each status of a client and a token that is documented", async () => {
  const request = signed({ method: "GET", url: "https://api.example.com/" });
  const find = () => ({
    client: {
      identifier: client.identifier,
      sharedSecrets: [client.sharedSecret],
      status: "enabled" as const,
    },
    token: {
      identifier: token.identifier,
      sharedSecrets: [token.sharedSecret],
      status: "enabled" as const,
    },
  });
  const verifier = testVerifier({ credentials: { find }, signatureMethods: [hmacSha1] });
  expect(await verifier.verify(request)).toMatchObject({ verified: true });
});
