import { AuthorizationHeaderError } from "@oauth1/auth-header";
import { type ParametersToVerify, parseToVerify } from "@oauth1/auth-header/to-verify";
import type {
  CollectedParameter,
  EncodedParameter,
  Parameter,
  Transmission,
} from "@oauth1/base-string";
import { formText } from "@oauth1/base-string/entity-body";
import { requestParameters } from "@oauth1/base-string/steps";
import {
  PercentEncodingError,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
} from "@oauth1/percent-encoding";
import type { VerifyingMethod } from "./check-signature.js";
import type { KnownLimits } from "./limits.js";
import type { Message } from "./messages/message.js";
import { type NamedParameters, namedParameters } from "./named-parameters.js";
import { Problem, type RejectionStatus } from "./problem.js";
import type { RequestUrl } from "./request-url.js";

/** The protocol parameters of a request (RFC 5849 §3.1), and the parameters that are signed. */
export interface ReceivedParameters {
  readonly transmission: Transmission;
  readonly realm: string | undefined;
  /** The protocol parameters, decoded, in order. Each name appears once. */
  readonly list: readonly Parameter[];
  readonly named: NamedParameters;
  /** All parameters that the signature covers (§3.4.1.3.1), encoded. */
  readonly signed: readonly EncodedParameter[];
  /** The form's own parameters, decoded for the handler. */
  readonly form: readonly Parameter[] | undefined;
}

/**
 * Finds the protocol parameters, which must be in one place, once each (RFC 5849 §3.1, §3.5).
 *
 * @param form - The body, if it is a form.
 */
export function receiveParameters(
  message: Message,
  url: RequestUrl,
  form: Uint8Array | undefined,
  limits: KnownLimits,
): ReceivedParameters {
  const header = authorizationParameters(message, limits);
  let room = limits.parameters - header.parameters.length;
  if (room < 0) throw tooMany(431);
  room -= countPieces(url.uri.query);
  if (room < 0) throw tooMany(414);
  const body = form === undefined ? undefined : formText(form);
  if (body !== undefined && countPieces(body) > room) throw tooMany(413);

  const elsewhere = ownParameters(url, body);
  const { transmission, found } = onlyPlace(header.parameters, elsewhere);
  const list = transmission === "header" ? header.parameters : found.map(decodeParameter);
  // The names in a header are unique.
  if (transmission !== "header") rejectDuplicates(list);
  const { signed } = header;
  for (const parameter of elsewhere) {
    if (parameter.encodedName !== "oauth_signature") signed.push(parameter);
  }
  return {
    transmission,
    realm: header.realm,
    list,
    named: namedParameters(list),
    signed,
    form: form === undefined ? undefined : ownForm(elsewhere),
  };
}

function rejectDuplicates(list: readonly Parameter[]): void {
  const names = new Set<string>();
  const twice = list.filter(([name]) => names.size === names.add(name).size);
  if (twice.length > 0) throw rejected("a protocol parameter must not appear twice", twice);
}

/** The form as its handler reads it. Octets that are not UTF-8 become U+FFFD. */
function ownForm(parameters: readonly CollectedParameter[]): Parameter[] {
  return parameters
    .filter(
      ({ source, encodedName }) => source === "form-body" && !encodedName.startsWith("oauth_"),
    )
    .map(({ encodedName, encodedValue }) => [
      readableText(encodedName),
      readableText(encodedValue),
    ]);
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
function readableText(encoded: string): string {
  return encoded.includes("%") ? utf8.decode(percentDecodeOctets(encoded)) : encoded;
}

/** The problem of rejected parameters. Values of secrets and signatures are not shown. */
export function rejected(advice: string, parameters: readonly Parameter[]): Problem {
  const pairs = parameters
    .map(([name, value]) =>
      name === "oauth_signature"
        ? name
        : `${percentEncode(name)}=${percentEncode(value.slice(0, MAXIMUM_ECHO))}`,
    )
    .join("&");
  return new Problem("parameter_rejected", advice, {
    companion: ["oauth_parameters_rejected", pairs.slice(0, MAXIMUM_ECHO)],
  });
}

/** The maximum number of received characters to repeat. */
const MAXIMUM_ECHO = 256;

/** A header with a scheme other than `OAuth` has no protocol parameters. */
function authorizationParameters(message: Message, limits: KnownLimits): ParametersToVerify {
  const values = message.fields("authorization");
  const header = values[0];
  if (header === undefined) return none();
  if (header.length > limits.authorizationHeader) {
    throw new Problem(
      "limit_exceeded",
      "the Authorization header is longer than limits.authorizationHeader",
      {
        status: 431,
      },
    );
  }
  if (values.length > 1) {
    throw new Problem(
      "parameter_rejected",
      "the request must not have more than one Authorization header",
    );
  }
  try {
    return parseToVerify(header);
  } catch (error) {
    if (!(error instanceof AuthorizationHeaderError)) throw error;
    if (error.code === "ERR_SCHEME") return none();
    throw new Problem("parameter_rejected", `Authorization ${error.message}`);
  }
}

const none = (): ParametersToVerify => ({ realm: undefined, parameters: [], signed: [] });

/** The request's own parameters (RFC 5849 §3.4.1.3.1), including protocol parameters among them. */
function ownParameters({ uri }: RequestUrl, body: string | undefined): CollectedParameter[] {
  try {
    return requestParameters({ url: uri, body });
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new Problem("parameter_rejected", error.message);
  }
}

/** RFC 5849 §3.1: the prefix is reserved for protocol parameters, in any spelling. */
function isProtocolParameter({ encodedName }: EncodedParameter): boolean {
  return encodedName.startsWith("oauth_");
}

function onlyPlace(
  inHeader: readonly Parameter[],
  elsewhere: readonly CollectedParameter[],
): { transmission: Transmission; found: readonly CollectedParameter[] } {
  const isInHeader = hasProtocolParameter(inHeader);
  if (!elsewhere.some(isProtocolParameter)) {
    if (isInHeader) return IN_HEADER;
    throw absent(REQUIRED, 401);
  }
  const found = elsewhere.filter(isProtocolParameter);
  const source = found[0]?.source;
  const strays = isInHeader ? found : found.filter((parameter) => parameter.source !== source);
  if (strays.length > 0) {
    throw rejected(
      "all protocol parameters must be in one place: the Authorization header, the form body or the query",
      strays.map(decodeParameter),
    );
  }
  return { transmission: source === "query" ? "query" : "form-body", found };
}

const IN_HEADER = { transmission: "header", found: [] } as const;

function hasProtocolParameter(parameters: readonly Parameter[]): boolean {
  for (const [name] of parameters) if (name.startsWith("oauth_")) return true;
  return false;
}

/** Returns the problem of missing required parameters (RFC 5849 §3.1). */
export function absent(names: readonly string[], status: RejectionStatus = 400): Problem {
  const advice = status === 401 ? "the request is not signed" : `${names.join(", ")}: missing`;
  return new Problem("parameter_absent", advice, {
    status,
    companion: ["oauth_parameters_absent", names.join("&")],
  });
}

const REQUIRED = [
  "oauth_consumer_key",
  "oauth_signature_method",
  "oauth_signature",
  "oauth_timestamp",
  "oauth_nonce",
];

/**
 * Requires the parameters that every request must have. Timestamp and nonce can be omitted with a
 * method that does not require them (RFC 5849 §3.1). If the method is not accepted, they are not
 * checked, because the method is the problem.
 *
 * @param method - The request's signature method, if it is accepted.
 */
export function requireParameters(
  named: NamedParameters,
  method: Pick<VerifyingMethod, "requiresNonce"> | undefined,
): void {
  const isUnaccepted = method === undefined && named.signatureMethod !== undefined;
  const mayOmit = isUnaccepted || method?.requiresNonce === false;
  const { clientIdentifier, signatureMethod, signature, timestamp, nonce } = named;
  const required = [clientIdentifier, signatureMethod, signature];
  if (!mayOmit) required.push(timestamp, nonce);
  if (!required.includes(undefined)) return;
  throw absent(
    REQUIRED.filter((_, index) => index < required.length && required[index] === undefined),
  );
}

function decodeParameter({ encodedName, encodedValue }: EncodedParameter): Parameter {
  try {
    return [percentDecode(encodedName), percentDecode(encodedValue)];
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new Problem("parameter_rejected", "a protocol parameter must be UTF-8 text");
  }
}

/** Counts parameters before they are split. */
function countPieces(form: string): number {
  if (form === "") return 0;
  let count = 1;
  for (let index = form.indexOf("&"); index >= 0; index = form.indexOf("&", index + 1)) count++;
  return count;
}

function tooMany(status: RejectionStatus): Problem {
  return new Problem("limit_exceeded", "the request has more parameters than limits.parameters", {
    status,
  });
}
