import type { GivenRequest } from "@oauth1/properties";
import {
  type BaseStringElements,
  type EncodedPair,
  encode,
  joinedBaseString,
  type Secrets,
  sortedPairs,
} from "@oauth1/properties/references";

/** A well-known mistake of signers. */
export interface Mistake {
  /** The flag of the vectors. */
  readonly name: string;
  readonly section: string;
  /** What a signer does that makes it: "A signer that …". */
  readonly does: string;
  /** What such a signer signs in place of the right elements. */
  baseStrings?(right: BaseStringElements, request: GivenRequest): readonly string[];
  /** What such a signer takes as the key of HMAC. */
  key?(secrets: Secrets): string;
}

/** The well-known mistakes that can be told from a signature: one alone explains it. */
export const mistakes: readonly Mistake[] = [
  ofParameters("SpaceAsPlus", "§3.6", 'writes a space as "+"', ({ parameters }) =>
    eachPart(parameters, (part) => part.replaceAll("%20", "+")),
  ),
  {
    name: "ReservedUnencoded",
    section: "§3.6",
    does: "leaves ! ' ( ) * as they are, as encodeURIComponent does",
    baseStrings(right) {
      const parameters = eachPart(right.parameters, (part) =>
        part.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent),
      );
      const baseString = joinedBaseString({ ...right, parameters });
      return [baseString, baseString.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent)];
    },
  },
  {
    name: "UnreservedEncoded",
    section: "§3.6",
    does: 'writes "~" as "%7E"',
    baseStrings(right) {
      const parameters = eachPart(right.parameters, (part) => part.replaceAll("~", "%7E"));
      return [joinedBaseString({ ...right, parameters }).replaceAll("~", "%7E")];
    },
  },
  {
    name: "LowerCaseHex",
    section: "§3.6",
    does: "writes the hexadecimal digits of escapes in lower case",
    baseStrings(right) {
      const lower = (text: string) =>
        text.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
      const parameters = eachPart(right.parameters, lower);
      return [lower(joinedBaseString({ ...right, parameters }))];
    },
  },
  ofParameters(
    "DoubleEncoded",
    "§3.4.1.3.2",
    "encodes parameters once too often",
    ({ parameters }) => eachPart(parameters, encode),
  ),
  ofParameters(
    "EncodedOnce",
    "§3.4.1.3.2",
    "does not encode the names and values of parameters before it joins them",
    ({ parameters }) => eachPart(parameters, asIfDecoded),
  ),
  ofParameters("JoinedSort", "§3.4.1.3.2", "sorts names and values joined by =", ({ parameters }) =>
    sortedBy(parameters, (pair) => pair.join("=")),
  ),
  ofParameters(
    "DecodedSort",
    "§3.4.1.3.2",
    "sorts parameters before it encodes them",
    ({ parameters }) =>
      sortedBy(parameters, ([name, value]) => `${asIfDecoded(name)}\u0000${asIfDecoded(value)}`),
  ),
  ofParameters(
    "UnsortedValues",
    "§3.4.1.3.2",
    "leaves parameters of the same name in the order of the request",
    ({ parameters }, request) => {
      const written = [...queryPairs(request.url), ...formPairs(request)];
      const index = ([name, value]: EncodedPair) =>
        written.findIndex((pair) => pair[0] === name && pair[1] === value);
      return [...parameters].sort((a, b) => (a[0] === b[0] ? index(a) - index(b) : 0));
    },
  ),
  {
    name: "DuplicateDropped",
    section: "§3.4.1.3.2",
    does: "keeps one parameter of each name",
    baseStrings(right, request) {
      const rest = without(right.parameters, [...queryPairs(request.url), ...formPairs(request)]);
      const written = [...queryPairs(request.url), ...formPairs(request), ...rest];
      const first = new Map([...written].reverse());
      const distinct = new Map(right.parameters.map((pair) => [pair.join("="), pair]));
      return [[...new Map(written)], [...first], [...distinct.values()]].map((parameters) =>
        joinedBaseString({ ...right, parameters: sortedPairs(parameters) }),
      );
    },
  },
  ofParameters(
    "EmptyValueDropped",
    "§3.4.1.3.2",
    "loses parameters with an empty value",
    ({ parameters }) => parameters.filter(([, value]) => value !== ""),
  ),
  fromQuery("PlusKept", 'does not read "+" in the query as a space', (query) =>
    query.replaceAll("+", "%2B"),
  ),
  fromQuery("NameWithoutEqualsDropped", 'loses a name without "=" in the query', (query) =>
    query
      .split("&")
      .filter((piece) => piece.includes("="))
      .join("&"),
  ),
  fromQuery("SplitAtSecondEquals", 'cuts a value of the query at a second "="', (query) =>
    query
      .split("&")
      .map((piece) => piece.split("=").slice(0, 2).join("="))
      .join("&"),
  ),
  fromQuery("QueryNotSigned", "does not sign the parameters of the query", () => ""),
  ofParameters(
    "FormNotSigned",
    "§3.4.1.3.1",
    "does not sign the parameters of the form",
    (right, request) => without(right.parameters, formPairs(request)),
  ),
  ofParameters("RealmSigned", "§3.4.1.3.1", "signs the realm", ({ parameters }, { realm }) =>
    realm === null ? parameters : sortedPairs([...parameters, ["realm", encode(realm)]]),
  ),
  ofParameters(
    "VersionAlwaysSigned",
    "§3.4.1.3.1",
    "signs oauth_version where it is not sent",
    withOwn("oauth_version", "1.0"),
  ),
  ofParameters(
    "EmptyTokenAdded",
    "§3.4.1.3.1",
    "signs an empty oauth_token if there is no token",
    withOwn("oauth_token", ""),
  ),
  ofParameters(
    "CallbackNotSigned",
    "§3.4.1.3.1",
    "does not sign oauth_callback",
    ({ parameters }) => parameters.filter(([name]) => name !== "oauth_callback"),
  ),
  ofParameters(
    "VerifierNotSigned",
    "§3.4.1.3.1",
    "does not sign oauth_verifier",
    ({ parameters }) => parameters.filter(([name]) => name !== "oauth_verifier"),
  ),
  ofUri(
    "DefaultPortKept",
    "keeps the default port of the scheme",
    ({ scheme, authority, path }) =>
      `${scheme.toLowerCase()}://${authority.toLowerCase()}${path || "/"}`,
  ),
  ofUri(
    "PortDropped",
    "drops the port",
    ({ scheme, authority, path }) =>
      `${scheme.toLowerCase()}://${authority.toLowerCase().replace(/:\d*$/, "")}${path || "/"}`,
  ),
  ofUri("HostCase", "leaves capital letters in the host", (url) => writtenLike(url, "authority")),
  ofUri("SchemeCase", "leaves capital letters in the scheme", (url) => writtenLike(url, "scheme")),
  ofUri("EmptyPathKept", 'does not write an empty path as "/"', (url, right) =>
    url.path === "" ? right.replace(/\/$/, "") : right,
  ),
  ofUri("PathLowerCased", "writes the path in lower case", (_, right) => right.toLowerCase()),
  ofUri("PathDecoded", "decodes the path", (_, right) => asIfDecoded(right)),
  ofUri("PathParametersLost", 'loses what follows ";" in the path', (_, right) => {
    const end = right.indexOf(";");
    return end < 0 ? right : right.slice(0, end);
  }),
  ofUri("QueryKept", "leaves the query in the base string URI", ({ query }, right) =>
    query === undefined ? right : `${right}?${query}`,
  ),
  {
    name: "MethodCase",
    section: "§3.4.1.1",
    does: "does not write the method in upper case",
    baseStrings: (right, { method }) => [joinedBaseString({ ...right, method })],
  },
  {
    name: "SecretNotEncoded",
    section: "§3.4.2",
    does: "does not encode the shared-secrets in the key",
    key: ({ clientSharedSecret, tokenSharedSecret }) =>
      `${clientSharedSecret}&${tokenSharedSecret}`,
  },
  {
    name: "MissingAmpersandWithoutToken",
    section: "§3.4.2",
    does: 'omits the "&" of the key if there is no token',
    key: ({ clientSharedSecret, tokenSharedSecret }) =>
      [clientSharedSecret, tokenSharedSecret]
        .filter((secret) => secret !== "")
        .map(encode)
        .join("&"),
  },
  {
    name: "SecretsSwapped",
    section: "§3.4.2",
    does: "puts the token's shared-secret before the client's in the key",
    key: ({ clientSharedSecret, tokenSharedSecret }) =>
      `${encode(tokenSharedSecret)}&${encode(clientSharedSecret)}`,
  },
];

/** A mistake in the parameters alone. */
function ofParameters(
  name: string,
  section: string,
  does: string,
  wrong: (right: BaseStringElements, request: GivenRequest) => readonly EncodedPair[],
): Mistake {
  return {
    name,
    section,
    does,
    baseStrings: (right, request) => [
      joinedBaseString({ ...right, parameters: wrong(right, request) }),
    ],
  };
}

/** A mistake in reading the query: its parameters are those of another query. */
function fromQuery(name: string, does: string, wrong: (query: string) => string): Mistake {
  return ofParameters(name, "§3.4.1.3.1", does, ({ parameters }, { url }) => {
    const { query = "" } = urlParts(url);
    const rest = without(parameters, queryPairs(url));
    return sortedPairs([...rest, ...queryPairs(`?${wrong(query)}`)]);
  });
}

/** A mistake in the base string URI alone. */
function ofUri(
  name: string,
  does: string,
  wrong: (url: ReturnType<typeof urlParts>, right: string) => string,
): Mistake {
  return {
    name,
    section: "§3.4.1.2",
    does,
    baseStrings: (right, { url }) => [
      joinedBaseString({ ...right, baseStringUri: wrong(urlParts(url), right.baseStringUri) }),
    ],
  };
}

/** The parameters with one that the request does not have. */
function withOwn(name: string, value: string) {
  return ({ parameters }: BaseStringElements): readonly EncodedPair[] =>
    parameters.some((pair) => pair[0] === name)
      ? parameters
      : sortedPairs([...parameters, [name, value]]);
}

function eachPart(
  parameters: readonly EncodedPair[],
  written: (part: string) => string,
): EncodedPair[] {
  return parameters.map(([name, value]) => [written(name), written(value)]);
}

function sortedBy(
  parameters: readonly EncodedPair[],
  key: (pair: EncodedPair) => string,
): EncodedPair[] {
  return [...parameters].sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
}

/** The list without one of each of the others. */
function without(
  parameters: readonly EncodedPair[],
  others: readonly EncodedPair[],
): EncodedPair[] {
  const left = [...parameters];
  for (const [name, value] of others) {
    const index = left.findIndex((pair) => pair[0] === name && pair[1] === value);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}

/** The parameters of a query, encoded by RFC 5849 §3.6, in the order of the query. */
function queryPairs(url: string): EncodedPair[] {
  const { query = "" } = urlParts(url);
  return query
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => {
      const equals = piece.indexOf("=");
      const [name, value] =
        equals < 0 ? [piece, ""] : [piece.slice(0, equals), piece.slice(equals + 1)];
      return [normalized(name), normalized(value)];
    });
}

function formPairs({ form }: GivenRequest): EncodedPair[] {
  return (form ?? []).map(([name, value]) => [encode(name), encode(value)]);
}

/** Any spelling of a query's name or value in the one of RFC 5849 §3.6, octets as they are. */
function normalized(spelled: string): string {
  return spelled
    .replaceAll("+", "%20")
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part, index) =>
      // The escapes are at the odd places.
      index % 2 === 0 ? encode(part) : encode(Buffer.from(part.slice(1), "hex")),
    )
    .join("");
}

/** Decoded if it is text; unchanged otherwise. */
function asIfDecoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** A URL as it is written (RFC 3986 Appendix B), without userinfo. */
function urlParts(url: string) {
  const [, scheme = "", written = "", path = "", query] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  return { scheme, authority: written.slice(written.lastIndexOf("@") + 1), path, query };
}

/** The right base string URI but for the one part, which is as it was written. */
function writtenLike(
  { scheme, authority, path }: ReturnType<typeof urlParts>,
  part: "scheme" | "authority",
): string {
  const isDefault = /^http$/i.test(scheme) ? /:80$/ : /:443$/;
  const shown = authority.replace(isDefault, "");
  return part === "scheme"
    ? `${scheme}://${shown.toLowerCase()}${path || "/"}`
    : `${scheme.toLowerCase()}://${shown}${path || "/"}`;
}
