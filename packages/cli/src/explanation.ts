import { createPrivateKey } from "node:crypto";
import { baseStringUri, normalizeParameters, type ParameterSource } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { collectParameters, sortParameters } from "@oauth1/base-string/steps";
import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import type { SigningOutcome } from "./request-options.js";
import { transmitted } from "./transmitted.js";

/** Every step from a request to its signature, as data without secrets. */
export interface Explanation {
  readonly method: string;
  readonly url: string;
  readonly steps: readonly ExplanationStep[];
  /** A remark about this request. */
  readonly note?: string;
}

interface Step<Kind extends string, Value> {
  readonly step: Kind;
  readonly title: string;
  readonly section: string;
  readonly value: Value;
}

export type ExplanationStep =
  | Step<"collected-parameters", readonly ExplainedParameter[]>
  | Step<"sorted-parameters", readonly { encodedName: string; encodedValue: string }[]>
  | Step<"normalized-parameters" | "base-string-uri" | "signature" | "transmission", string>
  | Step<"signature-base-string", ExplainedBaseString>
  | Step<"key", ExplainedKey>;

export interface ExplainedParameter {
  readonly source: ParameterSource;
  /** Decoded, or `null` if the octets are not UTF-8 text. */
  readonly name: string | null;
  readonly value: string | null;
  readonly encodedName: string;
  readonly encodedValue: string;
}

export interface ExplainedBaseString {
  readonly baseString: string;
  /** Method, base string URI and normalized parameters, encoded. */
  readonly elements: readonly string[];
}

/** The key: masked, or described. */
export type ExplainedKey =
  | {
      readonly key: string;
      readonly clientSharedSecret: "masked" | "empty";
      readonly tokenSharedSecret: "masked" | "empty";
    }
  | {
      readonly key: string;
      /** Bits of the private key's modulus. */
      readonly modulusLength: number | undefined;
      /** The source of the private key. */
      readonly source: string;
    };

/** Computes each step of a signature (RFC 5849 §3.4). */
export function explanation(outcome: SigningOutcome, note?: string): Explanation {
  const { request, signed, transmission } = outcome;
  const { method, baseString } = signed;
  const url = String(request.url);
  const protocol = signed.protocolParameters.filter(([name]) => name !== "oauth_signature");
  const collected = collectParameters({ url, body: form(outcome) }, protocol);
  const sorted = sortParameters(collected);
  const normalized = normalizeParameters(sorted);
  const uri = baseStringUri(url);
  const { signatureMethod } = outcome;
  const section = findSignatureMethod(signatureMethod.name)?.section ?? "";
  const key = explainedKey(outcome);
  const { part, section: transmissionSection, of } = transmitted[transmission];

  return {
    method,
    url,
    steps: [
      {
        step: "collected-parameters",
        title: "Parameters collected",
        section: "RFC 5849 §3.4.1.3.1",
        value: collected.map(({ source, encodedName, encodedValue }) => ({
          source,
          name: decoded(encodedName),
          value: decoded(encodedValue),
          encodedName,
          encodedValue,
        })),
      },
      {
        step: "sorted-parameters",
        title: "Sorted by encoded name, then by encoded value",
        section: "RFC 5849 §3.4.1.3.2 items 1 and 2",
        value: sorted.map(({ encodedName, encodedValue }) => ({ encodedName, encodedValue })),
      },
      {
        step: "normalized-parameters",
        title: "Normalized parameters",
        section: "RFC 5849 §3.4.1.3.2 items 3 and 4",
        value: normalized,
      },
      {
        step: "base-string-uri",
        title: "Base string URI",
        section: "RFC 5849 §3.4.1.2",
        value: uri,
      },
      {
        step: "signature-base-string",
        title: "Signature base string",
        section: "RFC 5849 §3.4.1.1",
        value: { baseString, elements: baseString.split("&") },
      },
      { step: "key", title: "Key", section, value: key },
      {
        step: "signature",
        title: `Signature (${signatureMethod.name})`,
        section,
        value: signatureMethod.revealsSecrets ? key.key : signed.signature,
      },
      {
        step: "transmission",
        title: part,
        section: transmissionSection,
        value: signatureMethod.revealsSecrets
          ? of(signed).replace(/(oauth_signature="?)[\w.~%-]*/g, `$1${key.key}`)
          : of(signed),
      },
    ],
    ...(note === undefined ? {} : { note }),
  };
}

/** The body, if its parameters are signed. */
function form({ request, signed }: SigningOutcome): string | undefined {
  const isForm = Object.entries(signed.headers).some(
    ([name, value]) => name.toLowerCase() === "content-type" && isFormContentType(value),
  );
  return isForm ? request.body : undefined;
}

function decoded(encoded: string): string | null {
  try {
    return percentDecode(encoded);
  } catch (error) {
    if (error instanceof PercentEncodingError) return null;
    throw error;
  }
}

/**
 * The key without its contents. The number of dots does not reveal the length of a secret.
 */
function explainedKey({ credentials: { client, token } }: SigningOutcome): ExplainedKey {
  if ("privateKey" in client) {
    const { privateKey: key, passphrase, keySource: source } = client;
    const { asymmetricKeyDetails } = createPrivateKey({ key, passphrase });
    return { key: "RSA private key", modulusLength: asymmetricKeyDetails?.modulusLength, source };
  }
  const state = (secret = "") => (secret === "" ? "empty" : "masked");
  const mask = (secret = "") => (secret === "" ? "" : "••••••••");
  return {
    key: `${mask(client.sharedSecret)}&${mask(token?.sharedSecret)}`,
    clientSharedSecret: state(client.sharedSecret),
    tokenSharedSecret: state(token?.sharedSecret),
  };
}
