import { type BaseStringDifference, diagnose, type ReceivedRequest } from "@oauth1/diagnosis";
import type { Asked, Parameter } from "@oauth1/properties";
import { encode } from "@oauth1/properties/references";
import { cause, causeOfMistake } from "./cause.js";
import type { Answers, Found } from "./found.js";

/** A search takes milliseconds, not the tenth of a second for which a person would wait. */
export const EFFORT = 2_000_000;

/**
 * Explains a wrong base string, or a wrong part of one: the mistake that produces exactly this
 * text for this input, or the differences.
 */
export function explainBaseString(
  asked: Exclude<Asked, { readonly step: "sign" | "signature" }>,
  { expected, received }: Answers,
): Found {
  if (typeof expected !== "string" || typeof received !== "string") return { causes: [] };
  const texts = { expected, received };
  const { request, wholeOf } = aroundAnswer(asked);
  const { baseString } = diagnose(request, {}, { now: null, effort: 0 });
  if (baseString === undefined) return { causes: [], texts };
  // The right text according to this package, so that the element in question is the only
  // difference.
  if (wholeOf(baseString, expected) !== baseString) return { causes: [], texts };
  const claimed = wholeOf(baseString, received);
  const { claim } = diagnose(request, {}, { now: null, effort: EFFORT, baseString: claimed });
  if (claim === undefined) return { causes: [], texts };
  const isText = asked.step === "percentEncode";
  const proven = claim.mistakes.map((names) =>
    names.map((name) => (isText && name === "EncodedOnce" ? NOT_ENCODED : causeOfMistake(name))),
  );
  // For a single text, the only explanation is that it differs.
  const causes = proven.length > 0 || isText ? proven : [differences(claim.comparison.differences)];
  return { causes, texts };
}

/** The mistake in an encoder by itself, which does not join texts. */
const NOT_ENCODED = cause("§3.6", "Your encoder returns text as it is.", "EncodedOnce");

/** The differences, if no known mistake explains them. */
export function differences(found: readonly BaseStringDifference[]): Found["causes"][number] {
  const texts = new Map<string, string>();
  for (const { element, parameter, kind } of found) {
    if (element === "method") texts.set("The method differs.", "§3.4.1.1");
    else if (element === "base-string-uri") texts.set("The base string URI differs.", "§3.4.1.2");
    else texts.set(`${subject(parameter)} ${WORDS[kind]}.`, SECTIONS[kind]);
  }
  return [...texts].map(([text, section]) => cause(section, text));
}

/** Names a protocol parameter. Other parameters are too many to name. */
function subject(parameter: string | undefined): string {
  return parameter?.startsWith("oauth_") || parameter === "realm"
    ? `${parameter} in the base string`
    : "A parameter in the base string";
}

const WORDS: Readonly<Record<BaseStringDifference["kind"], string>> = {
  missing: "is missing",
  added: "is one too many",
  changed: "has another value",
  encoding: "is encoded differently",
  order: "is in another place",
};

const SECTIONS: Readonly<Record<BaseStringDifference["kind"], string>> = {
  missing: "§3.4.1.3.1",
  added: "§3.4.1.3.1",
  changed: "§3.4.1.3.1",
  encoding: "§3.6",
  order: "§3.4.1.3.2",
};

/**
 * A request, and a function that writes its base string with an answer in place of the
 * requested element.
 */
interface AroundAnswer {
  readonly request: ReceivedRequest;
  wholeOf(baseString: string, answer: string): string;
}

function aroundAnswer(
  asked: Exclude<Asked, { readonly step: "sign" | "signature" }>,
): AroundAnswer {
  switch (asked.step) {
    case "percentEncode":
      return {
        request: { method: "GET", url: `http://a/?x=${encode(asked.input)}` },
        wholeOf: (_, answer) => `GET&${encode("http://a/")}&${encode(`x=${answer}`)}`,
      };
    case "baseStringUri":
      return {
        request: { method: "GET", url: asked.url },
        wholeOf(baseString, uri) {
          const [method, , parameters] = baseString.split("&");
          return [method, encode(uri), parameters].join("&");
        },
      };
    case "normalizeParameters":
      return {
        request: { method: "GET", url: `http://a/?${form(asked.parameters)}` },
        wholeOf: (_, parameters) => `GET&${encode("http://a/")}&${encode(parameters)}`,
      };
    case "signatureBaseString":
      return { request: requestOf(asked.input), wholeOf: (_, answer) => answer };
  }
}

type BaseStringInput = Extract<Asked, { readonly step: "signatureBaseString" }>["input"];

/** A request with protocol parameters in its header whose base string is the requested one. */
function requestOf({ method, url, parameters, form: pairs }: BaseStringInput): ReceivedRequest {
  const fields = parameters.map(([name, value]) => `${encode(name)}="${encode(value)}"`);
  return {
    method,
    url,
    headers: [
      ["Authorization", `OAuth ${fields.join(", ")}`],
      ...(pairs === null ? [] : [["Content-Type", "application/x-www-form-urlencoded"] as const]),
    ],
    body: pairs === null ? null : form(pairs),
  };
}

function form(pairs: readonly Parameter[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}
