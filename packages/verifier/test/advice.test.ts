// What each rejected request is told, whole.
import { parseAuthorizationHeader, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { createSigner } from "@oauth1/signer";
import type {
  CredentialStore,
  KnownClient,
  KnownToken,
  RequestContext,
  VerifiableRequest,
  VerifierOptions,
} from "@oauth1/verifier";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, client, credentialStore, testVerifier, token } from "./verifying-server.js";

const NOW = 1_700_000_000;
const url = "https://api.example.com/photos";
const FORM = "application/x-www-form-urlencoded";

type Options = Partial<VerifierOptions<Account>>;

// A store that cannot be used is also a warning.
beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** `status problem: advice` */
async function told(
  request: VerifiableRequest,
  options: Options = {},
  context?: RequestContext,
): Promise<string> {
  const verifier = testVerifier({ clock: () => NOW, ...options });
  const verification = await verifier.verify(request, context);
  if (verification.verified) throw new Error("verified");
  return `${verification.status} ${verification.problem}: ${verification.advice}`;
}

/** Protocol parameters with a wrong signature, with changes. */
function parametersWith(changes: Record<string, string | undefined>): [string, string][] {
  const parameters = {
    oauth_consumer_key: client.identifier,
    oauth_token: token.identifier,
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: `${NOW}`,
    oauth_nonce: "wIjqoS",
    oauth_signature: "a",
    ...changes,
  };
  return Object.entries(parameters).filter((pair): pair is [string, string] => {
    return pair[1] !== undefined;
  });
}

/** A request with a wrong signature in the header. */
function unsigned(
  changes: Record<string, string | undefined> = {},
  further: { method?: string; url?: string; headers?: [string, string][]; body?: string } = {},
) {
  const Authorization = serializeAuthorizationHeader({ parameters: parametersWith(changes) });
  const { headers = [], ...request } = further;
  return {
    method: "GET",
    url,
    ...request,
    headers: [["Authorization", Authorization], ...headers] as [string, string][],
  };
}

/** A request with a right signature. */
function signed(request: { method?: string; body?: string } = {}) {
  const signer = createSigner({ client, token, clock: () => NOW });
  const signable = { method: "GET", url, headers: { "Content-Type": "text/plain" }, ...request };
  return { ...signable, headers: signer.sign(signable).headers };
}

/** A request of node:http. */
function nodeRequest(url: string, ...rawHeaders: string[]): VerifiableRequest {
  const socket = { encrypted: true };
  return { method: "GET", url, httpVersionMajor: 1, rawHeaders, headers: {}, socket } as never;
}

const proxies = (...fields: NonNullable<Options["trustedProxies"]>["fields"]): Options => ({
  trustedProxies: { addresses: ["::1"], fields },
});
const BEHIND = { peerAddress: "::1" };

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("no error");
}

const formOf = (body: string, ...headers: [string, string][]) =>
  unsigned(
    {},
    { method: "POST", headers: headers.length > 0 ? headers : [["Content-Type", FORM]], body },
  );

describe("a request is rejected with", () => {
  it.each<
    [expected: string, request: VerifiableRequest, options?: Options, context?: RequestContext]
  >([
    // What it lacks
    ["401 parameter_absent: the request is not signed", { method: "GET", url }],
    [
      "400 parameter_absent: oauth_timestamp, oauth_nonce: missing",
      unsigned({ oauth_timestamp: undefined, oauth_nonce: undefined }),
    ],
    [
      "400 parameter_absent: oauth_token: missing",
      unsigned({ oauth_token: undefined }),
      { token: "required" },
    ],
    [
      "400 parameter_rejected: the request must not have an oauth_token",
      unsigned(),
      { token: "none" },
    ],
    [
      "400 parameter_absent: oauth_body_hash: missing",
      signed({ method: "POST", body: "a" }),
      { requireBodyHash: true },
    ],
    // Limits
    [
      "414 limit_exceeded: the request-target is longer than limits.requestTarget",
      unsigned(),
      { limits: { requestTarget: url.length - 1 } },
    ],
    [
      "431 limit_exceeded: the Authorization header is longer than limits.authorizationHeader",
      unsigned(),
      { limits: { authorizationHeader: 10 } },
    ],
    [
      "431 limit_exceeded: the request has more parameters than limits.parameters",
      unsigned(),
      { limits: { parameters: 5 } },
    ],
    [
      "414 limit_exceeded: the request has more parameters than limits.parameters",
      unsigned({}, { url: `${url}?a&b` }),
      { limits: { parameters: 7 } },
    ],
    [
      "413 limit_exceeded: the request has more parameters than limits.parameters",
      formOf("a&b"),
      { limits: { parameters: 7 } },
    ],
    [
      "413 limit_exceeded: the body is longer than limits.body",
      formOf("a=b"),
      { limits: { body: 2 } },
    ],
    [
      "413 limit_exceeded: the body is longer than limits.body",
      formOf("", ["Content-Type", FORM], ["Content-Length", "3"]),
      { limits: { body: 2 } },
    ],
    // Protocol parameters
    [
      "400 parameter_rejected: the request must not have more than one Authorization header",
      unsigned({}, { headers: [["Authorization", "OAuth"]] }),
    ],
    [
      `400 parameter_rejected: Authorization ${messageOf(() => parseAuthorizationHeader("OAuth a"))}`,
      { method: "GET", url, headers: { Authorization: "OAuth a" } },
    ],
    [
      "400 parameter_rejected: a protocol parameter must not appear twice",
      { method: "GET", url: `${url}?oauth_nonce=a&oauth_nonce=a` },
    ],
    [
      "400 parameter_rejected: all protocol parameters must be in one place: the Authorization header, the form body or the query",
      unsigned({}, { url: `${url}?oauth_nonce=a` }),
    ],
    [
      "400 parameter_rejected: a protocol parameter must be UTF-8 text",
      { method: "GET", url: `${url}?oauth_nonce=%ff` },
    ],
    [
      "400 parameter_rejected: url: malformed escape at index 31; write % itself as %25",
      unsigned({}, { url: `${url}?%zz` }),
    ],
    ["400 version_rejected: oauth_version must be 1.0", unsigned({ oauth_version: "1.0a" })],
    [
      "400 signature_method_rejected: oauth_signature_method must be one of HMAC-SHA1, PLAINTEXT",
      unsigned({ oauth_signature_method: "HMAC-MD5" }),
      { signatureMethods: [hmacSha1, plaintext] },
    ],
    [
      "400 signature_method_rejected: this signature method requires https",
      unsigned({ oauth_signature_method: "PLAINTEXT" }, { url: "http://api.example.com/" }),
      { signatureMethods: [plaintext] },
    ],
    [
      "401 timestamp_refused: oauth_timestamp must be a positive integer",
      unsigned({ oauth_timestamp: "0" }),
    ],
    [
      "401 timestamp_refused: oauth_timestamp is too far in the past: check the client's clock",
      unsigned({ oauth_timestamp: `${NOW - 301}` }),
    ],
    [
      "401 timestamp_refused: oauth_timestamp is too far in the future: check the client's clock",
      unsigned({ oauth_timestamp: `${NOW + 301}` }),
    ],
    ["400 parameter_rejected: oauth_nonce must not be empty", unsigned({ oauth_nonce: "" })],
    [
      "400 parameter_rejected: oauth_nonce must not be longer than limits.nonce",
      unsigned({ oauth_nonce: "abc" }),
      { limits: { nonce: 2 } },
    ],
    [
      "400 parameter_rejected: oauth_body_hash must be omitted if the body is a form",
      {
        ...formOf("a=b"),
        headers: [...unsigned({ oauth_body_hash: "a" }).headers, ["Content-Type", FORM]],
      },
    ],
    [
      "400 parameter_rejected: oauth_body_hash must be omitted with this signature method",
      unsigned({ oauth_body_hash: "a", oauth_signature_method: "PLAINTEXT" }),
      { signatureMethods: [plaintext] },
    ],
    // The form
    [
      "400 request_rejected: the request must not have more than one Content-Type header",
      formOf("", ["Content-Type", FORM], ["Content-Type", FORM]),
    ],
    [
      "400 request_rejected: Content-Type must be one well-formed media type (RFC 9110 §8.3.1)",
      formOf("", ["Content-Type", "form"]),
    ],
    [
      "400 request_rejected: a form must be sent without Content-Encoding",
      formOf("", ["Content-Type", FORM], ["Content-Encoding", "gzip"]),
    ],
    [
      "400 request_rejected: the charset of a form with non-ASCII characters must be UTF-8",
      formOf("a=%e9", ["Content-Type", `${FORM}; charset=iso-8859-1`]),
    ],
    ["400 request_rejected: the form must not begin with a byte order mark", formOf("\ufeffa=b")],
    // The request
    ["400 request_rejected: the request method is malformed", unsigned({}, { method: "G T" })],
    [
      "400 request_rejected: the request-target must not have a fragment",
      unsigned({}, { url: `${url}#a` }),
    ],
    [
      "400 request_rejected: the request-target must be a path or an absolute http or https URL",
      unsigned({}, { url: "ftp://api.example.com/" }),
    ],
    [
      "400 request_rejected: the host is malformed",
      unsigned({}, { url: "https://api.example.com\\a/" }),
    ],
    [
      "400 request_rejected: the host or the port is malformed",
      unsigned({}, { url: "https://api.example.com:a/" }),
    ],
    [
      "400 request_rejected: the request-target contains a character that must be percent-encoded",
      unsigned({}, { url: `${url}?é` }),
    ],
    ["400 request_rejected: the request must name exactly one host", nodeRequest("/")],
    [
      "400 request_rejected: the request must name exactly one host",
      nodeRequest("/", "Host", "a.example", "Host", "a.example"),
    ],
    [
      "400 request_rejected: the request-target must have the same host as the Host header",
      nodeRequest("https://a.example/", "Host", "b.example"),
    ],
    [
      "400 request_rejected: the request-target must have the scheme of the connection",
      nodeRequest("http://a.example/", "Host", "a.example"),
    ],
    [
      "400 request_rejected: the request must have one valid Content-Length, or Transfer-Encoding: chunked, or neither",
      nodeRequest("/", "Content-Length", "1", "Content-Length", "1"),
    ],
    [
      "400 request_rejected: the scheme must be http or https",
      unsigned({}, { headers: [["X-Forwarded-Proto", "ftp"]] }),
      proxies("x-forwarded-proto"),
      BEHIND,
    ],
    [
      "400 request_rejected: the host is malformed",
      unsigned({}, { headers: [["X-Forwarded-Host", "a/b"]] }),
      proxies("x-forwarded-host"),
      BEHIND,
    ],
    [
      "400 request_rejected: x-forwarded-host must have one well-formed value",
      unsigned({}, { headers: [["X-Forwarded-Host", "a,b"]] }),
      proxies("x-forwarded-host"),
      BEHIND,
    ],
    [
      "400 request_rejected: forwarded must have one well-formed value",
      unsigned({}, { headers: [["Forwarded", "host=a, host=b"]] }),
      proxies("forwarded"),
      BEHIND,
    ],
    // Stores
    [
      "503 store_unavailable: the server's credentials cannot be used at the moment",
      unsigned(),
      { credentials: { find: () => true as never } },
    ],
    [
      "503 store_unavailable: the server's nonces cannot be used at the moment",
      signed(),
      { nonces: { spend: () => true as never } },
    ],
    [
      "503 store_unavailable: the server's clock cannot be used at the moment",
      unsigned(),
      { clock: () => Number.NaN },
    ],
    ["401 nonce_used: oauth_nonce was already used", signed(), { nonces: { spend: () => "used" } }],
    [
      "401 timestamp_refused: oauth_timestamp is older than what the server's nonce store remembers",
      signed(),
      { nonces: { spend: () => "stale" } },
    ],
    // The signature
    ["401 signature_invalid: oauth_signature does not match the request", unsigned()],
    [
      "401 signature_invalid: the client has no publicKey, which RSA-SHA1 needs",
      unsigned({ oauth_signature_method: "RSA-SHA1" }),
      { signatureMethods: [rsaSha1Sync] },
    ],
    [
      "401 signature_invalid: the client has no sharedSecrets, which HMAC-SHA1 needs",
      unsigned(),
      { credentials: credentialStore({ client: { sharedSecrets: undefined, publicKey: "a" } }) },
    ],
    [
      "400 signature_method_rejected: the client must not use HMAC-SHA1",
      signed(),
      { credentials: credentialStore({ client: { signatureMethods: ["RSA-SHA1"] } }) },
    ],
  ])("%s (%#)", async (expected, request, options, context) => {
    expect(await told(request, options, context)).toBe(expected);
  });

  it.each<[expected: string, credentials: CredentialStore<Account>]>([
    ["401 consumer_key_unknown: the client is unknown", { find: () => ({ client: undefined }) }],
    ...(
      [
        ["consumer_key_refused: the client is temporarily refused", "refused"],
        ["consumer_key_rejected: the client is rejected", "rejected"],
      ] as [string, KnownClient["status"]][]
    ).map(([problem, status]): [string, CredentialStore<Account>] => [
      `401 ${problem}`,
      credentialStore({ client: { status } }),
    ]),
    ...(
      [
        ["token_used: the token is used", "used"],
        ["token_expired: the token is expired", "expired"],
        ["token_revoked: the token is revoked", "revoked"],
        ["token_rejected: the token is rejected", "rejected"],
      ] as [string, KnownToken["status"]][]
    ).map(([problem, status]): [string, CredentialStore<Account>] => [
      `401 ${problem}`,
      credentialStore({ token: { status } }),
    ]),
    [
      "401 token_rejected: the token is unknown or belongs to another client",
      {
        find: () => ({
          client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
        }),
      },
    ],
  ])("%s", async (expected, credentials) => {
    expect(await told(signed(), { credentials })).toBe(expected);
  });

  it("401 signature_invalid for a body with another hash", async () => {
    const signer = createSigner({ client, token, clock: () => NOW, bodyHash: true });
    const request = { method: "POST", url, headers: { "Content-Type": "text/plain" }, body: "a" };
    const { headers } = signer.sign(request);
    expect(await told({ ...request, headers, body: "b" })).toBe(
      "401 signature_invalid: oauth_body_hash does not match the body",
    );
  });

  it.each([
    ["408 limit_exceeded: the body did not arrive within limits.bodyTimeout", () => {}],
    [
      "400 request_rejected: the connection closed before the whole body arrived",
      (controller: ReadableStreamDefaultController) => controller.error(new Error("closed")),
    ],
  ])("%s", async (expected, start) => {
    const body = new ReadableStream({ start });
    const headers = { "Content-Type": FORM };
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    expect(await told(new Request(url, init), { limits: { bodyTimeout: 20 } })).toBe(expected);
  });
});

describe("a limit by default", () => {
  const SIGNATURE = "401 signature_invalid: oauth_signature does not match the request";
  const urlOf = (length: number) => `${url}?${"a".repeat(length - url.length - 1)}`;
  const ofRealm = (length: number) => {
    const [[name, header], ...others] = unsigned().headers as [[string, string]];
    const start = header.replace("OAuth ", 'OAuth realm="", ');
    const realm = "a".repeat(length - start.length);
    return {
      method: "GET",
      url,
      headers: [[name, start.replace('realm=""', `realm="${realm}"`)], ...others] as [
        string,
        string,
      ][],
    };
  };
  const withParameters = (count: number) =>
    unsigned({}, { url: `${url}?${"&".repeat(count - 7)}` });

  it.each<
    [limit: string, request: (count: number) => VerifiableRequest, most: number, problem: string]
  >([
    [
      "requestTarget",
      (length) => unsigned({}, { url: urlOf(length) }),
      8192,
      "414 limit_exceeded: the request-target is longer than limits.requestTarget",
    ],
    [
      "authorizationHeader",
      ofRealm,
      8192,
      "431 limit_exceeded: the Authorization header is longer than limits.authorizationHeader",
    ],
    [
      "parameters",
      withParameters,
      1000,
      "414 limit_exceeded: the request has more parameters than limits.parameters",
    ],
    [
      "body",
      (length) => formOf("a".repeat(length)),
      1_048_576,
      "413 limit_exceeded: the body is longer than limits.body",
    ],
    [
      "nonce",
      (length) => unsigned({ oauth_nonce: "a".repeat(length) }),
      256,
      "400 parameter_rejected: oauth_nonce must not be longer than limits.nonce",
    ],
    [
      "timestampTolerance",
      (seconds) => unsigned({ oauth_timestamp: `${NOW + seconds}` }),
      300,
      "401 timestamp_refused: oauth_timestamp is too far in the future: check the client's clock",
    ],
    [
      "timestampTolerance",
      (seconds) => unsigned({ oauth_timestamp: `${NOW - seconds}` }),
      300,
      "401 timestamp_refused: oauth_timestamp is too far in the past: check the client's clock",
    ],
  ])("%s is the greatest that is accepted", async (_, request, most, problem) => {
    expect(await told(request(most))).toBe(SIGNATURE);
    expect(await told(request(most + 1))).toBe(problem);
  });

  it("bodyTimeout is half a minute", async () => {
    vi.useFakeTimers();
    const body = new ReadableStream();
    const headers = { "Content-Type": FORM };
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    let answer = "";
    const pending = told(new Request(url, init)).then((text) => {
      answer = text;
    });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(answer).toBe("");
    await vi.advanceTimersByTimeAsync(1);
    await pending;
    expect(answer).toBe("408 limit_exceeded: the body did not arrive within limits.bodyTimeout");
    vi.useRealTimers();
  });
});
