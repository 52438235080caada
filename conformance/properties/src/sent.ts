import type { Implementation, Parameter, SignInput } from "./implementation.js";
import {
  baseStringElements,
  type EncodedPair,
  joinedBaseString,
  pairsWithout,
  sortedPairs,
} from "./references/base-string-elements.js";
import { encode } from "./references/encode.js";
import { signatureOf } from "./references/signature.js";
import { urlElements } from "./references/url-elements.js";

/** The values that a signing implementation chooses itself. */
export type Own = Pick<Implementation, "ownNonce" | "ownTimestamp" | "ownVersion">;

/** The right answer for an input. */
export interface RightlySigned {
  readonly baseString: string;
  readonly signature: string;
}

/**
 * The right answer for a request whose nonce, timestamp or version the implementation has
 * chosen itself, or whose URL it has respelled: the input with the sent values in place of the
 * requested ones, and base string and signature recomputed by the independent references.
 * Invalid sent values, such as a timestamp that is not a positive integer (RFC 5849 §3.3), are
 * not used, so that the comparison shows them.
 *
 * @param sent - The parameters in header, URL or form.
 * @param sentUrl - The URL that is sent, if the implementation tells it.
 */
export function asSent(
  input: SignInput,
  right: RightlySigned,
  sent: readonly Parameter[],
  own: Own,
  sentUrl: string | undefined,
): { readonly input: SignInput; readonly right: RightlySigned } {
  const value = (name: string) => sent.find((parameter) => parameter[0] === name)?.[1];
  const taken = (isOwn: boolean | undefined, name: string, valid: RegExp, asked: string) => {
    const found = value(name);
    return isOwn && found !== undefined && valid.test(found) ? found : asked;
  };
  const version = value("oauth_version") ?? null;
  const itsInput: SignInput = {
    ...input,
    nonce: taken(own.ownNonce, "oauth_nonce", /./s, input.nonce),
    timestamp: taken(own.ownTimestamp, "oauth_timestamp", /^[1-9]\d*$/, input.timestamp),
    version: own.ownVersion && (version === null || version === "1.0") ? version : input.version,
  };
  const baseString = ofUrl(exchanged(right.baseString, input, itsInput), input, sentUrl);
  if (baseString === right.baseString) return { input: itsInput, right };
  const signature = signatureOf(baseString, input.signatureMethod, {
    clientSharedSecret: input.client.sharedSecret,
    tokenSharedSecret: input.token?.sharedSecret ?? "",
    privateKey: input.client.privateKey,
  });
  return { input: itsInput, right: { baseString, signature: signature ?? right.signature } };
}

/** A right base string with the values that the implementation chose. */
function exchanged(baseString: string, asked: SignInput, sent: SignInput): string {
  const elements = baseStringElements(baseString);
  if (elements === undefined) return baseString;
  let { parameters } = elements;
  for (const [name, before, after] of [
    ["oauth_nonce", asked.nonce, sent.nonce],
    ["oauth_timestamp", asked.timestamp, sent.timestamp],
    ["oauth_version", asked.version, sent.version],
  ] as const) {
    if (before === after) continue;
    // Of several parameters with the same name and value, any one can be used, because their
    // text is equal.
    const index = parameters.findIndex(
      (pair) => before !== null && pair[0] === name && pair[1] === encode(before),
    );
    parameters = [
      ...parameters.slice(0, Math.max(index, 0)),
      ...parameters.slice(index + 1),
      ...(after === null ? [] : [[name, encode(after)] as const]),
    ];
  }
  return joinedBaseString({ ...elements, parameters: sortedPairs(parameters) });
}

/**
 * A right base string with the parts of the sent URL that differ from the requested one. Equal
 * parts stay, in whichever reading is right.
 */
function ofUrl(baseString: string, { url }: SignInput, sentUrl: string | undefined): string {
  if (sentUrl === undefined || sentUrl === url) return baseString;
  const elements = baseStringElements(baseString);
  const [asked, sent] = [urlElements(url), urlElements(sentUrl)];
  if (elements === undefined || asked === undefined || sent === undefined) return baseString;
  const isSignature = ([name]: EncodedPair) => name === "oauth_signature";
  const others = pairsWithout(elements.parameters, pairsWithout(asked.parameters, sent.parameters));
  // The base string already contains the protocol parameters of the query.
  const added = pairsWithout(pairsWithout(sent.parameters, asked.parameters), elements.parameters);
  return joinedBaseString({
    ...elements,
    baseStringUri:
      sent.baseStringUri === asked.baseStringUri ? elements.baseStringUri : sent.baseStringUri,
    parameters: sortedPairs([...others, ...added.filter((pair) => !isSignature(pair))]),
  });
}
