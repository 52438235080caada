import type { Parameter, SignInput } from "@oauth1/properties";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";

/** A request with which a pair of a signer and a verifier is tested. */
export interface PairRequest {
  /** Unique and stable. */
  readonly id: string;
  /** The special feature of the request, in a few words. */
  readonly about: string;
  readonly method: string;
  /** Path and query, as they are sent. */
  readonly target: string;
  readonly form: readonly Parameter[] | null;
  readonly signatureMethod: string;
  readonly token: boolean;
  readonly realm: string | null;
  /** True if the secrets have characters that must be encoded in a key (RFC 5849 §3.4.2). */
  readonly hasReservedSecrets: boolean;
}

const plain: Omit<PairRequest, "id" | "about"> = {
  method: "GET",
  target: "/photos",
  form: null,
  signatureMethod: "HMAC-SHA1",
  token: true,
  realm: null,
  hasReservedSecrets: false,
};

/** Requests that a client of a real API sends. All of them are valid by RFC 5849. */
export const pairRequests: readonly PairRequest[] = [
  { ...plain, id: "plain", about: "no parameters" },
  { ...plain, id: "no-token", about: "no token", token: false },
  {
    ...plain,
    id: "secrets-reserved",
    about: "secrets with & / + = %",
    hasReservedSecrets: true,
  },
  { ...plain, id: "realm", about: "a realm", realm: "Photos" },
  { ...plain, id: "query", about: "a query", target: "/photos?size=original&file=vacation.jpg" },
  { ...plain, id: "query-space", about: "%20 in the query", target: "/photos?q=two%20words" },
  { ...plain, id: "query-plus", about: "+ in the query", target: "/photos?q=two+words" },
  {
    ...plain,
    id: "query-reserved",
    about: "! ' ( ) * in the query",
    target: "/photos?q=a%21b%27c%28d%29e%2A",
  },
  {
    ...plain,
    id: "query-utf8",
    about: "UTF-8 in the query",
    target: "/photos?q=caf%C3%A9%20%E2%98%83",
  },
  { ...plain, id: "query-empty", about: "empty values in the query", target: "/photos?a=&b=2" },
  { ...plain, id: "query-twice", about: "a name twice in the query", target: "/photos?a=2&a=1" },
  { ...plain, id: "path-escapes", about: "escapes in the path", target: "/a%20b/%7Ec" },
  { ...plain, id: "root", about: "the path /", target: "/" },
  {
    ...plain,
    id: "form",
    about: "a form",
    method: "POST",
    form: [
      ["status", "Hello Ladies + Gentlemen, a signed request!"],
      ["n", "1"],
    ],
  },
  {
    ...plain,
    id: "form-and-query",
    about: "a form and a query with the same name",
    method: "POST",
    target: "/photos?a=1&c=3",
    form: [["a", "2"]],
  },
  { ...plain, id: "put-form", about: "a form by PUT", method: "PUT", form: [["a", "b c"]] },
  { ...plain, id: "delete", about: "DELETE", method: "DELETE", target: "/photos/1" },
  { ...plain, id: "hmac-sha256", about: "HMAC-SHA256", signatureMethod: "HMAC-SHA256" },
  { ...plain, id: "plaintext", about: "PLAINTEXT", signatureMethod: "PLAINTEXT" },
  { ...plain, id: "rsa-sha1", about: "RSA-SHA1", signatureMethod: "RSA-SHA1" },
];

/** The transmissions of a request: a form body only if it has a form (RFC 5849 §3.5.2). */
export function transmissionsOf({ form }: PairRequest): readonly string[] {
  return form === null ? ["header", "query"] : ["header", "query", "form-body"];
}

/** The shared-secrets of a request. */
export function secretsOf({ token, hasReservedSecrets }: PairRequest): {
  readonly clientSharedSecret: string;
  readonly tokenSharedSecret: string;
} {
  const [client, ofToken] = hasReservedSecrets
    ? ["kd94&hf93/k423+kf44", "pfkk=dhi9%sl3r4s00"]
    : ["kd94hf93k423kf44", "pfkkdhi9sl3r4s00"];
  return { clientSharedSecret: client, tokenSharedSecret: token ? ofToken : "" };
}

/** The request that a signer is asked to sign. */
export function signInput(
  request: PairRequest,
  transmission: string,
  origin: string,
  nonce: string,
  privateKey: string,
): SignInput {
  const { clientSharedSecret, tokenSharedSecret } = secretsOf(request);
  const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: clientSharedSecret };
  return {
    method: request.method,
    url: `${origin}${request.target}`,
    form: request.form,
    body: null,
    client: isRsa(request) ? { ...client, privateKey } : client,
    token: request.token
      ? { identifier: "nnch734d00sl2jdk", sharedSecret: tokenSharedSecret }
      : null,
    signatureMethod: request.signatureMethod,
    timestamp: "1790000000",
    nonce,
    version: "1.0",
    // Only a header has a realm (RFC 5849 §3.5.1).
    realm: transmission === "header" ? request.realm : null,
    callback: null,
    verifier: null,
    transmission,
  };
}

function isRsa({ signatureMethod }: PairRequest): boolean {
  return findSignatureMethod(signatureMethod)?.keyType === "rsa";
}
