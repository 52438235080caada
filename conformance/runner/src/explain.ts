import type { Failure, GivenRequest, Topic } from "@oauth1/properties";
import {
  baseStringElements,
  encode,
  hmac,
  type Secrets,
  signatureOf,
} from "@oauth1/properties/references";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { type Mistake, mistakes } from "./mistakes.js";
import type { Explanation } from "./report.js";
import { excerptAround } from "./shortened.js";
import { sectionName, sentenceOf } from "./specification.js";

/** The explanation of a failure, as a member of its result; an empty object if there is none. */
export function explained(failure: Failure): { readonly explanation?: Explanation } {
  const explanation = explain(failure);
  return explanation === undefined ? {} : { explanation };
}

/** What the specification says, which mistake it is where that can be told, and both base strings. */
function explain(failure: Failure): Explanation | undefined {
  const sentence = sentenceOf(failure.section);
  const rule = sentence === undefined ? [] : [`${sectionName(failure.section)}: ${sentence}`];
  const { expected, received, mistake, note } = compared(failure);
  const said = [
    ...rule,
    ...(mistake === undefined ? [] : [named(mistake)]),
    ...(note ? [note] : []),
  ];
  if (expected === undefined || received === undefined || expected === received) {
    return said.length === 0 ? undefined : { text: said.join(" ") };
  }
  const whole = firstDifference(expected, received);
  const shown = {
    expected: excerptAround(expected, whole),
    received: excerptAround(received, whole),
  };
  const index = firstDifference(shown.expected, shown.received);
  return { text: said.join(" "), baseStrings: { ...shown, index } };
}

/** Where two texts begin to differ. */
export function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

interface Compared {
  readonly expected?: string;
  readonly received?: string;
  readonly mistake?: Mistake | undefined;
  readonly note?: string;
}

/** A request whose method and URL say nothing, for the elements of a base string alone. */
const nothing: GivenRequest = { method: "GET", url: "http://a/", form: null, realm: null };

/** How an element of a signature base string is made a whole one, and what goes in for it. */
const wholes: Partial<Record<Topic, (element: string) => string>> = {
  "base-string-uri": (uri) => `GET&${encode(uri)}&`,
  "parameter-normalization": (parameters) => `GET&${encode("http://a/")}&${encode(parameters)}`,
  "signature-base-string": (baseString) => baseString,
};

function compared({ topic, expected, received, request, signing }: Failure): Compared {
  const whole = wholes[topic];
  if (whole !== undefined) {
    if (typeof expected !== "string" || typeof received !== "string") return {};
    const wrong = whole(received);
    const [mistake] =
      recognised(whole(expected), request ?? nothing, (text) => text === wrong) ?? [];
    return { expected, received, mistake };
  }
  if (topic !== "sign" || request === undefined || signing === undefined) return {};
  return comparedSigned(expected, received, request, signing);
}

function comparedSigned(
  expected: unknown,
  received: unknown,
  request: GivenRequest,
  signing: NonNullable<Failure["signing"]>,
): Compared {
  const right = expected as { readonly baseString?: string; readonly signature?: string } | null;
  const found = received as typeof right;
  const { baseString, signature } = right ?? {};
  if (typeof baseString !== "string" || found?.signature === undefined) return {};

  if (found.baseString !== undefined && found.baseString !== baseString) {
    const wrong = found.baseString;
    const [mistake] = recognised(baseString, request, (text) => text === wrong) ?? [];
    return { expected: baseString, received: wrong, mistake };
  }
  if (found.signature === signature) {
    return { note: "The signature is right: what the request carries is not." };
  }
  const { signatureMethod } = signing;
  const key = wrongKey(baseString, found.signature, signing);
  if (key !== undefined) return { mistake: key };
  if (found.baseString !== undefined) {
    return { note: "The signature base string is right: the signature is not." };
  }
  const [mistake, wrong] =
    recognised(
      baseString,
      request,
      (text) => signatureOf(text, signatureMethod, signing) === found.signature,
    ) ?? [];
  // The base string has no part in such a signature.
  if (wrong === undefined && findSignatureMethod(signatureMethod)?.hash === undefined) return {};
  return wrong === undefined
    ? { note: "No well-known mistake alone gives this signature." }
    : { expected: baseString, received: wrong, mistake };
}

/** The mistake that makes a base string of the request pass, and that base string. */
function recognised(
  right: string,
  request: GivenRequest,
  matches: (baseString: string) => boolean,
): [Mistake, string] | undefined {
  const elements = baseStringElements(right);
  if (elements === undefined) return undefined;
  for (const mistake of mistakes) {
    const wrong = mistake
      .baseStrings?.(elements, request)
      .find((text) => text !== right && matches(text));
    if (wrong !== undefined) return [mistake, wrong];
  }
  return undefined;
}

/** The mistake in the key that makes the signature of the right base string what was received. */
function wrongKey(
  baseString: string,
  received: string,
  { signatureMethod, ...secrets }: Secrets & { readonly signatureMethod: string },
): Mistake | undefined {
  const method = findSignatureMethod(signatureMethod);
  if (method?.keyType !== "shared-secret") return undefined;
  const { hash } = method;
  return mistakes.find(({ key }) => {
    const wrong = key?.(secrets);
    if (wrong === undefined) return false;
    return received === (hash === undefined ? wrong : hmac(hash, wrong, baseString));
  });
}

function named({ name, section, does }: Mistake): string {
  return `This is what a signer gives that ${does} (${name}, ${sectionName(section)}).`;
}
