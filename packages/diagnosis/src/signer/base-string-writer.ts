import { percentEncode } from "@oauth1/percent-encoding";
import {
  type Draft,
  decodeText,
  type Encoding,
  encodeTimes,
  type Filter,
  joinUri,
  type Order,
  type SignedParameter,
  type SortItem,
  type UriParts,
} from "./draft.js";

/**
 * Writes the base strings of drafts. The normalized parameters are most of the work, and drafts
 * that differ in other steps share them, so they are cached.
 *
 * @param spend - Called with the length of each text that is not in the cache.
 */
export function baseStringWriter(spend: (length: number) => void): (draft: Draft) => string {
  const known = new WeakMap<
    readonly SignedParameter[],
    WeakMap<Encoding, WeakMap<Order, string>>
  >();

  function normalized({ parameters, encoding, order }: Draft): string {
    const byEncoding = known.get(parameters) ?? new WeakMap<Encoding, WeakMap<Order, string>>();
    known.set(parameters, byEncoding);
    const byOrder = byEncoding.get(encoding) ?? new WeakMap<Order, string>();
    byEncoding.set(encoding, byOrder);
    const text = byOrder.get(order) ?? encodedParameters(parameters, encoding, order);
    if (!byOrder.has(order)) {
      byOrder.set(order, text);
      spend(4 * text.length + 20 * parameters.length);
    }
    return text;
  }

  const knownUris = new WeakMap<UriParts, WeakMap<Encoding, string>>();

  function encodedUri({ uri, encoding }: Draft): string {
    const byEncoding = knownUris.get(uri) ?? new WeakMap<Encoding, string>();
    knownUris.set(uri, byEncoding);
    const text =
      byEncoding.get(encoding) ?? outerEncoded(joinUri(uri), encoding.uriTimes, encoding.outer);
    byEncoding.set(encoding, text);
    return text;
  }

  return (draft) => `${percentEncode(draft.method)}&${encodedUri(draft)}&${normalized(draft)}`;
}

/** RFC 5849 §3.4.1.3.2 and the last element of §3.4.1.1, in the draft's form. */
function encodedParameters(
  parameters: readonly SignedParameter[],
  encoding: Encoding,
  { arrange, compare }: Order,
): string {
  const items: SortItem[] = arrange(parameters).map((parameter) => {
    const [name, value] = partsOf(parameter, encoding);
    return {
      name: encodedPart(name, parameter, encoding),
      value: encodedPart(value, parameter, encoding),
      parameter,
    };
  });
  if (compare !== undefined) items.sort(compare);
  const joined = items
    .map(({ name, value, parameter }) => (parameter.omitsEquals ? name : `${name}=${value}`))
    .join("&");
  return outerEncoded(joined, encoding.normalizedTimes, encoding.outer);
}

function outerEncoded(element: string, times: number, filters: readonly Filter[]): string {
  return times === 0 ? element : filtered(encodeTimes(element, times), filters);
}

function partsOf(
  { name, value, spelled }: SignedParameter,
  { asSpelled }: Encoding,
): readonly [string, string] {
  return asSpelled && spelled !== undefined ? spelled : [name, value];
}

function encodedPart(
  encoded: string,
  { isProtocol }: SignedParameter,
  { ownTimes, protocolTimes, inner, innerOfProtocol }: Encoding,
): string {
  const times = isProtocol ? protocolTimes : ownTimes;
  if (times === 0) return decodeText(encoded);
  const filters = isProtocol && !innerOfProtocol ? [] : inner;
  let text = filtered(encoded, filters);
  for (let time = 1; time < times; time++) text = filtered(percentEncode(text), filters);
  return text;
}

function filtered(text: string, filters: readonly Filter[]): string {
  let result = text;
  for (const filter of filters) result = filter(result);
  return result;
}
