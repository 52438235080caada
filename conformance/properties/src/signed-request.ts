import { parseAuthorizationHeader } from "@oauth1/auth-header";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import type {
  Implementation,
  Parameter,
  ReceivedRequest,
  SignInput,
  SignOutput,
} from "./implementation.js";
import { decodedOctets } from "./references/decode.js";
import { encode } from "./references/encode.js";
import { asSent, type Own, type RightlySigned } from "./sent.js";

export type { Own, RightlySigned } from "./sent.js";

/** What is to be the same of a signed request and of what was asked for. */
export interface Signed {
  readonly baseString?: string;
  readonly signature: string | undefined;
  /** The realm of the header field, and all parameters of the part that was signed, sorted. */
  readonly carried: unknown;
  /** Where the request goes to, if the implementation tells it. */
  readonly target?: Target;
}

/** What a URL says, by the platform's own reading, however it is spelled. */
export interface Target {
  readonly origin: string;
  /** Its segments, decoded. */
  readonly path: readonly string[];
  /** Sorted. Those of a query that carries the protocol parameters are compared with these. */
  readonly parameters?: readonly Parameter[];
}

/** A signed request beside what it should be. */
export interface SignedBesideRight {
  readonly received: Signed;
  readonly expected: Signed;
  /** The correct values if the implementation chose nonce, timestamp or version itself. */
  readonly right: RightlySigned;
}

/**
 * A signed request beside what it should be: base string (where the implementation tells it),
 * signature, and the parameters that header field, URL or form body carry (RFC 5849 §3.5). What the
 * implementation cannot be given is taken from what it sent. If it tells the URL that it sends, its
 * signature is judged by that one, which may be spelled in another way than the one that it was given, and
 * must say the same.
 */
export function signedAsAsked(
  output: SignOutput,
  rightAsAsked: RightlySigned,
  inputAsAsked: SignInput,
  implementation: Pick<Implementation, "transmissions"> & Own,
): SignedBesideRight {
  const found = carried(output, inputAsAsked);
  const { input, right } = asSent(
    inputAsAsked,
    rightAsAsked,
    found?.parameters ?? [],
    implementation,
    output.url,
  );
  const asked = withoutOmitted(carriedAsAsked(input, right), found, input);
  const tellsBaseString = output.baseString !== undefined;
  const tellsUrl = output.url !== undefined;
  // An implementation that knows no transmission only computes the signature.
  const mayCarryNothing =
    output.signature !== undefined && implementation.transmissions === undefined;
  return {
    received: {
      ...(tellsBaseString ? { baseString: output.baseString } : {}),
      signature: output.signature ?? (found ? signatureAmong(found.parameters) : undefined),
      carried: found ?? (mayCarryNothing ? asked : undefined),
      ...(tellsUrl ? { target: targetOf(output.url as string, input) } : {}),
    },
    expected: {
      ...(tellsBaseString ? { baseString: right.baseString } : {}),
      signature: right.signature,
      carried: asked,
      ...(tellsUrl ? { target: targetOf(input.url, input) } : {}),
    },
    right,
  };
}

/**
 * The request that a client sends with what an implementation answered, as a server receives it but for
 * the fragment of its URL. A form that does not carry the signature is encoded by RFC 5849 §3.6.
 */
export function asReceived(
  { method, url, form, body }: SignInput,
  output: SignOutput,
): Pick<ReceivedRequest, "method" | "url" | "headers" | "body"> {
  const sentForm =
    output.body ?? form?.map((pair) => pair.map((part) => encode(part)).join("=")).join("&");
  return {
    method,
    url: output.url ?? url,
    headers: [
      ...(output.authorization === undefined
        ? []
        : [["Authorization", output.authorization] as const]),
      ...(sentForm === undefined
        ? []
        : [["Content-Type", "application/x-www-form-urlencoded"] as const]),
    ],
    body: sentForm === undefined ? body : Buffer.from(sentForm).toString("base64"),
  };
}

/**
 * RFC 5849 §3.1: timestamp and nonce may be omitted where the signature method does not require them.
 * What was not sent of them was not asked for.
 */
function withoutOmitted(asked: Carried, found: Carried | undefined, input: SignInput): Carried {
  if (found === undefined || findSignatureMethod(input.signatureMethod)?.requiresNonce !== false) {
    return asked;
  }
  const isOmitted = (name: string) =>
    ["oauth_nonce", "oauth_timestamp"].includes(name) &&
    found.parameters.every((parameter) => parameter[0] !== name);
  return { ...asked, parameters: asked.parameters.filter(([name]) => !isOmitted(name)) };
}

/** What the signed part of a request carries. */
export interface Carried {
  readonly realm: string | null;
  readonly parameters: readonly Parameter[];
}

/** What the signed part of the output carries, or `undefined` where the output has no such part. */
export function carried(output: SignOutput, { transmission }: SignInput): Carried | undefined {
  if (transmission === "header") {
    if (output.authorization === undefined) return undefined;
    try {
      const { realm, parameters } = parseAuthorizationHeader(output.authorization);
      return { realm: realm ?? null, parameters: sorted(parameters) };
    } catch {
      return { realm: null, parameters: [["malformed header field", output.authorization]] };
    }
  }
  const form = transmission === "query" ? output.url && query(output.url) : output.body;
  return form === undefined ? undefined : { realm: null, parameters: pairs(form) };
}

/** The protocol parameters of a request that is signed as it should be. */
export function protocolParametersAsAsked(
  { client, token, signatureMethod, timestamp, nonce, version, callback, verifier }: SignInput,
  { baseString, signature }: RightlySigned,
): Parameter[] {
  const all: [string, string | null][] = [
    ["oauth_consumer_key", client.identifier],
    ["oauth_token", token === null ? null : token.identifier],
    ["oauth_signature_method", signatureMethod],
    ["oauth_timestamp", timestamp],
    ["oauth_nonce", nonce],
    ["oauth_version", version],
    ["oauth_callback", callback],
    ["oauth_verifier", verifier],
    ["oauth_body_hash", bodyHashOf(baseString)],
    ["oauth_signature", signature],
  ];
  return all.filter((pair): pair is [string, string] => pair[1] !== null);
}

function carriedAsAsked(input: SignInput, right: RightlySigned): Carried {
  const protocolParameters = protocolParametersAsAsked(input, right);
  switch (input.transmission) {
    case "header":
      return { realm: input.realm, parameters: sorted(protocolParameters) };
    case "query":
      return {
        realm: null,
        parameters: sorted([...pairs(query(input.url)), ...protocolParameters]),
      };
    default:
      return { realm: null, parameters: sorted([...(input.form ?? []), ...protocolParameters]) };
  }
}

/** The body hash that is signed (OAuth Request Body Hash extension), where there is one. */
function bodyHashOf(baseString: string): string | null {
  const normalized = decodeURIComponent(baseString.split("&")[2] ?? "");
  return new URLSearchParams(normalized).get("oauth_body_hash");
}

function signatureAmong(parameters: readonly Parameter[]): string | undefined {
  return parameters.find(([name]) => name === "oauth_signature")?.[1];
}

/** A URL that the platform cannot read says nothing but its own text. */
function targetOf(url: string, { transmission }: SignInput): Target {
  if (!URL.canParse(url)) return { origin: url, path: [] };
  const { origin, pathname, searchParams } = new URL(url);
  return {
    origin,
    path: pathname.split("/").map(decodedOctets),
    ...(transmission === "query" ? {} : { parameters: sorted([...searchParams]) }),
  };
}

function query(url: string): string {
  return /\?([^#]*)/.exec(url.replace(/#.*/s, ""))?.[1] ?? "";
}

/** The platform's own reading of a form, which would skip a question mark at the beginning. */
function pairs(form: string): Parameter[] {
  return sorted([...new URLSearchParams(`&${form}`)]);
}

function sorted(parameters: readonly Parameter[]): Parameter[] {
  return [...parameters].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
