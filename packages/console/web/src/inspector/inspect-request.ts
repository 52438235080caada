import { parseAuthorizationHeader } from "@oauth1/auth-header";
import {
  formParameters,
  type Parameter,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { fieldValue, type RequestText } from "../request/read-request.js";

/** The secrets that are needed to check a signature. */
export interface Secrets {
  readonly clientSharedSecret: string;
  readonly tokenSharedSecret: string;
  /** PEM, for RSA methods. */
  readonly publicKey: string;
}

/** The result of an inspection. */
export interface Inspection {
  /** The received protocol parameters, decoded. */
  readonly protocolParameters: readonly Parameter[];
  readonly findings: readonly Finding[];
  /** The expected base string; `undefined` if it cannot be computed. */
  readonly baseString: string | undefined;
  readonly isValid: boolean;
}

/** A reason why a server could reject the request. */
export interface Finding {
  readonly section: string;
  readonly text: string;
}

const REQUIRED = ["oauth_consumer_key", "oauth_signature_method", "oauth_signature"];

/**
 * Checks a signed request as a server does (RFC 5849 §3.2), except for the uniqueness of its nonce,
 * and reports its other mistakes.
 *
 * @param now - The current time in seconds since 1970, to check the timestamp.
 * @throws the errors of the packages below for a request that cannot be read.
 */
export async function inspectRequest(
  request: RequestText,
  secrets: Secrets,
  now: number,
): Promise<Inspection> {
  const findings: Finding[] = [];
  const find = (section: string, text: string) => findings.push({ section, text });
  const isForm = isFormContentType(fieldValue(request, "content-type"));
  const authorization = fieldValue(request, "authorization");
  const header =
    authorization === undefined
      ? []
      : parseAuthorizationHeader(authorization, { unquoted: true }).parameters;
  const places = [
    ["Authorization header", header],
    ["query", queryParameters(request.url)],
    ["form body", isForm ? formParameters(request.body) : []],
  ] as const;
  const holding = places.filter(([, parameters]) =>
    parameters.some(([name]) => name.startsWith("oauth_")),
  );
  if (holding.length > 1) {
    find(
      "§3.5",
      `Protocol parameters must be in one place; they are in ${holding.map(([place]) => place).join(" and ")}.`,
    );
  }
  const protocolParameters = holding
    .flatMap(([, parameters]) => parameters)
    .filter(([name]) => name.startsWith("oauth_"));
  const value = (name: string) => protocolParameters.find(([known]) => known === name)?.[1];

  const names = protocolParameters.map(([name]) => name);
  for (const name of new Set(names.filter((known, index) => names.indexOf(known) !== index))) {
    find("§3.2", `${name} must occur only once.`);
  }
  const methodName = value("oauth_signature_method");
  const method = findSignatureMethod(methodName ?? "");
  const fresh = method?.requiresNonce === false ? [] : ["oauth_timestamp", "oauth_nonce"];
  for (const name of [...REQUIRED, ...fresh]) {
    if (value(name) === undefined) find("§3.1", `${name} is missing.`);
  }
  const version = value("oauth_version");
  if (version !== undefined && version !== "1.0") find("§3.1", "oauth_version must be 1.0.");
  const timestamp = value("oauth_timestamp");
  if (timestamp !== undefined) findTimestamp(timestamp, now, find);
  if (!isForm && request.body.includes("oauth_signature=")) {
    find("§3.5.2", "The body looks like a form, but the Content-Type is not that of a form.");
  }

  const signature = value("oauth_signature");
  if (methodName === undefined || signature === undefined) {
    return { protocolParameters, findings, baseString: undefined, isValid: false };
  }
  if (method === undefined) {
    find("§3.4", `Unknown signature method ${methodName} (names are case-sensitive).`);
    return { protocolParameters, findings, baseString: undefined, isValid: false };
  }
  const baseString = signatureBaseString(
    { method: request.method, url: request.url, body: isForm ? request.body : null },
    header,
  );
  const { prepareToVerify } = await method.load();
  const isValid = await prepareToVerify(
    {
      sharedSecret: secrets.clientSharedSecret,
      publicKey: secrets.publicKey,
      minimumModulusLength: 1024,
    },
    { sharedSecret: secrets.tokenSharedSecret },
  )(baseString, signature);
  if (!isValid && /%[\dA-Fa-f]{2}/.test(signature)) {
    find("§3.5.1", "The signature is still percent-encoded after decoding: it was encoded twice.");
  }
  if (!isValid && signature.includes(" ")) {
    find("§3.6", 'The signature contains a space: a "+" in its base64 must be percent-encoded.');
  }
  return { protocolParameters, findings, baseString, isValid };
}

function findTimestamp(
  timestamp: string,
  now: number,
  find: (section: string, text: string) => void,
): void {
  if (!/^[1-9]\d*$/.test(timestamp)) {
    find("§3.3", "oauth_timestamp must be a positive integer.");
    return;
  }
  const age = now - Number(timestamp);
  if (Number(timestamp) > 1e11) {
    find("§3.3", "oauth_timestamp is in milliseconds; it must be in seconds.");
  } else if (Math.abs(age) > 300) {
    const minutes = Math.round(Math.abs(age) / 60);
    find(
      "§3.3",
      `oauth_timestamp is ${minutes} minutes ${age > 0 ? "old" : "ahead"}; most servers allow five.`,
    );
  }
}
