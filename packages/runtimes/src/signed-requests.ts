// Requests and their signatures by every method, made before a runtime starts and without these
// packages, which only provide the list of methods: base strings from their parts, signatures by
// node:crypto.
import { createHmac, generateKeyPairSync, sign as signRsa } from "node:crypto";
import type { ReceivedRequest, SignInput } from "@oauth1/conformance";
import { type RegisteredMethod, signatureMethods } from "@oauth1/signature-methods/registry";
import { encode } from "./encode.js";

/** The verifier's credentials: shared-secrets, or the public key for RSA. */
type Key = Pick<ReceivedRequest, "clientSharedSecret" | "tokenSharedSecret" | "publicKey">;

/** A request, and its expected signature. */
export interface SignedRequest {
  /** The signature method, a slash, a name. */
  readonly id: string;
  readonly input: SignInput;
  /** The form as it is sent. */
  readonly sentForm: string | null;
  readonly baseString: string;
  readonly signature: string;
  readonly key: Key;
  /** Credentials for which the signature must not be valid. */
  readonly otherKey: Key;
}

/** Two requests for each method. The RSA keys are created for the run. */
export function makeSignedRequests(): SignedRequest[] {
  const [keys, otherKeys] = [generateRsa(), generateRsa()];
  return signatureMethods.flatMap((signatureMethod) =>
    requests.map((request) => {
      const input = inputOf(request, signatureMethod, keys.privateKey);
      const baseString = baseStringOf(request, input);
      const isRsa = signatureMethod.keyType === "rsa";
      const clientSharedSecret = isRsa ? "" : request.client.sharedSecret;
      const tokenSharedSecret = isRsa ? "" : (request.token?.sharedSecret ?? "");
      return {
        id: `${signatureMethod.name}/${request.name}`,
        input,
        sentForm: request.sentForm,
        baseString,
        signature: signatureOf(signatureMethod, request, baseString, keys.privateKey),
        key: { clientSharedSecret, tokenSharedSecret, publicKey: keys.publicKey },
        otherKey: {
          clientSharedSecret: `${clientSharedSecret}x`,
          tokenSharedSecret,
          publicKey: otherKeys.publicKey,
        },
      };
    }),
  );
}

interface Request {
  readonly name: string;
  readonly method: string;
  /** Scheme, host and path, as in the base string URI (RFC 5849 §3.4.1.2). */
  readonly resource: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly form: readonly (readonly [name: string, value: string])[] | null;
  readonly sentForm: string | null;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token: { readonly identifier: string; readonly sharedSecret: string } | null;
  /** The signature by PLAINTEXT. */
  readonly plaintext: string;
}

const requests: readonly Request[] = [
  {
    name: "query and token",
    method: "GET",
    resource: "https://photos.example.net/photos",
    query: [
      ["file", "vacation.jpg"],
      ["size", "original"],
    ],
    form: null,
    sentForm: null,
    client: { identifier: "jd83jd92dhsh93js", sharedSecret: "ja893SD9" },
    token: { identifier: "hdk48Djdsa", sharedSecret: "xyz4992k83j47x0b" },
    // RFC 5849 §2.3.
    plaintext: "ja893SD9&xyz4992k83j47x0b",
  },
  {
    name: "form without token",
    method: "POST",
    resource: "https://photos.example.net/photos/%E2%98%83",
    query: [],
    form: [
      ["title", "Æ ☃ & = + %"],
      ["title", ""],
    ],
    sentForm: "title=%C3%86%20%E2%98%83%20%26%20%3D%20%2B%20%25&title=",
    client: { identifier: "jd83jd92dhsh93js", sharedSecret: "s&cret ☃~" },
    token: null,
    // RFC 5849 §3.4.4, with the encoding of §3.6.
    plaintext: "s%26cret%20%E2%98%83~&",
  },
];

function inputOf(
  { method, resource, query, form, client, token }: Request,
  { name: signatureMethod, keyType }: RegisteredMethod,
  privateKey: string,
): SignInput {
  const pairs = query.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return {
    method,
    url: [resource, ...(pairs.length === 0 ? [] : [pairs.join("&")])].join("?"),
    form,
    body: null,
    client: keyType === "rsa" ? { ...client, privateKey } : client,
    token,
    signatureMethod,
    timestamp: "137131202",
    nonce: "chapoH",
    version: null,
    realm: "Photos",
    callback: null,
    verifier: null,
    transmission: "header",
  };
}

/** RFC 5849 §3.4.1.1. */
function baseStringOf({ resource, query, form }: Request, input: SignInput): string {
  const parameters = [
    ...query,
    ...(form ?? []),
    ["oauth_consumer_key", input.client.identifier] as const,
    ...(input.token ? [["oauth_token", input.token.identifier] as const] : []),
    ["oauth_signature_method", input.signatureMethod] as const,
    ["oauth_timestamp", input.timestamp] as const,
    ["oauth_nonce", input.nonce] as const,
  ];
  const normalized = parameters
    .map((pair) => pair.map(encode).join("="))
    .sort()
    .join("&");
  return [input.method, resource, normalized].map(encode).join("&");
}

function signatureOf(
  { keyType, hash }: RegisteredMethod,
  { client, token, plaintext }: Request,
  baseString: string,
  privateKey: string,
): string {
  if (hash === undefined) return plaintext;
  const algorithm = hash.replace("-", "");
  if (keyType === "rsa") {
    return signRsa(algorithm, Buffer.from(baseString), privateKey).toString("base64");
  }
  const key = `${encode(client.sharedSecret)}&${encode(token?.sharedSecret ?? "")}`;
  return createHmac(algorithm, key).update(baseString).digest("base64");
}

function generateRsa(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
