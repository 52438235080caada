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

/** The parts of a signed request that must equal the requested ones. */
export interface Signed {
  readonly baseString?: string;
  readonly signature: string | undefined;
  /** The realm of the header, and all parameters of the signed part, sorted. */
  readonly carried: unknown;
  /** The target of the request, if the implementation reports it. */
  readonly target?: Target;
}

/** The meaning of a URL according to the platform's parser, independent of its spelling. */
export interface Target {
  readonly origin: string;
  /** Its segments, decoded. */
  readonly path: readonly string[];
  /** Sorted. Those of a query that carries the protocol parameters are compared with these. */
  readonly parameters?: readonly Parameter[];
}

/** A signed request and the expected one. */
export interface SignedBesideRight {
  readonly received: Signed;
  readonly expected: Signed;
  /** The expected values if the implementation chose nonce, timestamp or version itself. */
  readonly right: RightlySigned;
}

/**
 * A signed request and the expected one: base string (if the implementation reports it),
 * signature, and the parameters in header, URL or form body (RFC 5849 §3.5). Values that the
 * implementation chooses itself are taken from what it sent. If it reports the URL that it
 * sends, its signature must be that of this URL, which can be spelled differently than the
 * given one but must have the same meaning.
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
  // An implementation without a transmission only computes the signature.
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
 * The request that a client sends with an implementation's answer, as a server receives it, but
 * with the fragment of its URL. A form without the signature is encoded by RFC 5849 §3.6.
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
 * RFC 5849 §3.1: timestamp and nonce can be omitted if the signature method does not require
 * them. If they were not sent, they do not count as requested.
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

/** The contents of the signed part of a request. */
export interface Carried {
  readonly realm: string | null;
  readonly parameters: readonly Parameter[];
}

/** The contents of the signed part of the output, or `undefined` if the output has no such part. */
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

/** The protocol parameters of a correctly signed request. */
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

/** The signed body hash (OAuth Request Body Hash extension), if there is one. */
function bodyHashOf(baseString: string): string | null {
  const normalized = decodeURIComponent(baseString.split("&")[2] ?? "");
  return new URLSearchParams(normalized).get("oauth_body_hash");
}

function signatureAmong(parameters: readonly Parameter[]): string | undefined {
  return parameters.find(([name]) => name === "oauth_signature")?.[1];
}

/** A URL that the platform cannot parse is compared as text. */
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

/** Parses a form with the platform's parser, which would skip a question mark at the beginning. */
function pairs(form: string): Parameter[] {
  return sorted([...new URLSearchParams(`&${form}`)]);
}

function sorted(parameters: readonly Parameter[]): Parameter[] {
  return [...parameters].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
