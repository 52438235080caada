import { type Diagnosis, diagnose, type ReceivedRequest } from "@oauth1/diagnosis";
import type { Asked } from "@oauth1/properties";
import { encode } from "@oauth1/properties/references";
import {
  asReceived,
  protocolParametersAsAsked,
  type RightlySigned,
  type Signed,
} from "@oauth1/properties/signed-request";
import type { Cause } from "../report.js";
import { cause, causeOfMistake } from "./cause.js";
import { differences, EFFORT } from "./explain-base-string.js";
import { secretsOf } from "./explain-signature.js";
import type { Answers, Found } from "./found.js";
import { sentDifferences } from "./sent-differences.js";

/**
 * Explains a wrongly signed request: how it differs from the requested one, and the mistakes
 * that produce the signature.
 */
export function explainSigned(
  { input, output }: Extract<Asked, { readonly step: "sign" }>,
  answers: Answers,
): Found {
  const right = answers.expected as (RightlySigned & Partial<Signed>) | null;
  const received = answers.received as Partial<Signed> | null;
  if (typeof right?.baseString !== "string" || received?.signature === undefined) {
    return { causes: [] };
  }
  const carriesNothing =
    output.authorization === undefined && output.url === undefined && output.body === undefined;
  const request = carriesNothing
    ? withSignature(input, right, received.signature)
    : octets(asReceived(input, output));
  const diagnosis = diagnose(request, secretsOf(signingOf(input)), {
    now: null,
    allowInsecureTransport: true,
    effort: EFFORT,
    ...(output.baseString === undefined ? {} : { baseString: output.baseString }),
  });
  const sent = [
    ...(carriesNothing ? [] : brokenRules(diagnosis)),
    ...sentDifferences(input, received, right),
  ];
  const isSignedRightly =
    diagnosis.findings.find(({ rule }) => rule === "signature")?.holds !== false;
  if (isSignedRightly) {
    // The base string that the implementation reports can differ from the one that it signed.
    return sent.length > 0
      ? { causes: [sent] }
      : { causes: claimed(diagnosis), note: "The signature is right." };
  }
  const [best] = diagnosis.causes;
  if (best !== undefined) {
    return {
      causes: diagnosis.causes.map(({ mistakes }) => [...mistakes.map(causeOfMistake), ...sent]),
      texts: textsOf(diagnosis.baseString, best.baseString),
    };
  }
  const { claim } = diagnosis;
  if (claim?.comparison.index !== undefined) {
    const found = [...(claimed(diagnosis)[0] ?? []), ...sent];
    return { causes: [found], texts: textsOf(diagnosis.baseString, output.baseString) };
  }
  if (claim !== undefined) {
    const wrong = cause("§3.4.2", "The base string is right, and the signature is not.");
    return { causes: [[wrong, ...sent]] };
  }
  return {
    causes: sent.length > 0 ? [sent] : [],
    note: "No known mistake explains this signature.",
  };
}

function signingOf({ client, token }: Extract<Asked, { readonly step: "sign" }>["input"]) {
  return {
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token?.sharedSecret ?? "",
    privateKey: client.privateKey,
  };
}

/** The request of an implementation that returns only the signature. The rest is as requested. */
function withSignature(
  input: Extract<Asked, { readonly step: "sign" }>["input"],
  right: RightlySigned,
  signature: string,
): ReceivedRequest {
  const fields = protocolParametersAsAsked(input, { ...right, signature }).map(
    ([name, value]) => `${encode(name)}="${encode(value)}"`,
  );
  if (input.realm !== null) fields.unshift(`realm="${input.realm.replace(/["\\]/g, "\\$&")}"`);
  return octets(asReceived(input, { authorization: `OAuth ${fields.join(", ")}` }));
}

function octets({ body, ...request }: ReturnType<typeof asReceived>): ReceivedRequest {
  return { ...request, body: body === null ? null : Buffer.from(body, "base64") };
}

/**
 * The faults of a request that do not depend on what was requested. The comparison shows the
 * others.
 */
function brokenRules({ findings }: Diagnosis): Cause[] {
  const shown = ["authorization-header", "encoding", "transmission", "once", "body-hash"];
  return findings
    .filter(({ rule, holds }) => !holds && shown.includes(rule))
    .map(({ section, text }) => cause(section, text));
}

/** The mistakes in the base string that the implementation reports, or its differences. */
function claimed({ claim }: Diagnosis): Found["causes"] {
  if (claim?.comparison.index === undefined) return [];
  return claim.mistakes.length > 0
    ? claim.mistakes.map((names) => names.map(causeOfMistake))
    : [differences(claim.comparison.differences)];
}

function textsOf(expected: string | undefined, received: string | undefined) {
  return expected === undefined || received === undefined ? undefined : { expected, received };
}
