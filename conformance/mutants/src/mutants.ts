import { percentDecode } from "@oauth1/percent-encoding";
import type { Parameter } from "@oauth1/properties";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { type Mutant, mutant } from "./mutant.js";
import type { EncodedPair, Steps } from "./stepwise.js";

const NO_LONE_SURROGATES = "Random text has no lone surrogates.";
const RIGHT_INPUT = "Random requests are well-formed; this is about input that must be rejected.";
/** True if the signature consists of the secrets themselves (RFC 5849 §3.4.4). */
const isPlain = ({ signatureMethod }: { readonly signatureMethod: string }) =>
  findSignatureMethod(signatureMethod)?.revealsSecrets === true;
/** True if the signature is a hash with shared-secrets as its key (RFC 5849 §3.4.2). */
const isHmac = ({ signatureMethod }: { readonly signatureMethod: string }) => {
  const method = findSignatureMethod(signatureMethod);
  return method?.keyType === "shared-secret" && method.hash !== undefined;
};

const HMAC_ONLY = "Random signatures to verify are those of HMAC-SHA1.";
const RIGHT_REQUEST =
  "Random received requests are signed correctly, or have a method other than the signed one.";

/** Replaces the encoder, for text and octets. */
const encodeWith =
  (change: (encoded: string, input: string | Uint8Array) => string) =>
  ({ encode }: Steps): Partial<Steps> => ({ encode: (input) => change(encode(input), input) });
/** Replaces the text before it is encoded. */
const textWith =
  (change: (text: string) => string) =>
  ({ encode }: Steps): Partial<Steps> => ({
    encode: (input) => encode(typeof input === "string" ? change(input) : input),
  });
const uriWith =
  (change: (uri: string, url: string) => string) =>
  ({ baseStringUri }: Steps): Partial<Steps> => ({
    baseStringUri: (url) => change(baseStringUri(url), url),
  });
const pairsWith =
  (change: (pairs: readonly EncodedPair[]) => readonly EncodedPair[]) =>
  ({ normalize }: Steps): Partial<Steps> => ({ normalize: (pairs) => normalize(change(pairs)) });
const pathWith = (change: (path: string) => string) =>
  uriWith((uri) =>
    uri.replace(/^(https?:\/\/[^/]+)(.*)$/s, (_, origin, path) => origin + change(path)),
  );
const protocolWith =
  (change: (parameters: readonly Parameter[]) => readonly Parameter[]) =>
  ({ baseString }: Steps): Partial<Steps> => ({
    baseString: (input) => baseString({ ...input, parameters: change(input.parameters) }),
  });
/** Removes one of the checks of a received request. */
const withoutProblem =
  (index: number) =>
  ({ problems }: Steps): Partial<Steps> => ({
    problems: problems.filter((_, own) => own !== index),
  });

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const numeric = (a: string, b: string): number =>
  /^[0-9]+$/.test(a) && /^[0-9]+$/.test(b) ? Number(a) - Number(b) || order(a, b) : order(a, b);
const decoded = (pair: EncodedPair): EncodedPair =>
  pair.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }) as unknown as EncodedPair;

/** Percent-encoding and decoding: RFC 5849 §3.6. */
const encoding: readonly Mutant[] = [
  mutant(
    "space-as-plus",
    "SpaceAsPlus",
    "Writes a space as a plus.",
    encodeWith((text) => text.replaceAll("%20", "+")),
  ),
  mutant(
    "encode-uri-component",
    "ReservedUnencoded",
    "Does not encode ! * ' ( ), like encodeURIComponent.",
    encodeWith((text) => text.replace(/%2[1789A]/g, percentDecode)),
  ),
  mutant(
    "slash-unencoded",
    "ReservedUnencoded",
    "Does not encode slashes, like Python's quote.",
    encodeWith((text) => text.replaceAll("%2F", "/")),
  ),
  mutant(
    "encode-uri",
    "ReservedUnencoded",
    "Does not encode the reserved characters of a URI, like encodeURI.",
    encodeWith((text) => text.replace(/%(?:3B|2C|2F|3F|3A|40|26|3D|2B|24|23)/g, percentDecode)),
  ),
  mutant(
    "letters-beyond-ascii-unencoded",
    "ReservedUnencoded",
    "Does not encode the Kelvin sign and the long s, like a regular expression that ignores case.",
    encodeWith((text) => text.replace(/%E2%84%AA|%C5%BF/g, percentDecode)),
  ),
  mutant(
    "tilde-encoded",
    "UnreservedEncoded",
    "Encodes the tilde, like old versions of PHP.",
    encodeWith((text) => text.replaceAll("~", "%7E")),
  ),
  mutant(
    "hyphen-encoded",
    "UnreservedEncoded",
    "Encodes hyphens, dots and underscores.",
    encodeWith((text) =>
      text.replace(
        /[-._]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    ),
  ),
  mutant(
    "lower-case-hex",
    "LowerCaseHex",
    "Writes escapes in lower case.",
    encodeWith((text) => text.replace(/%../g, (digits) => digits.toLowerCase())),
  ),
  mutant(
    "latin1",
    "Latin1Octets",
    "Writes characters up to U+00FF as one octet.",
    ({ encode }) => ({
      encode: (input) =>
        encode(
          typeof input === "string" && /^[\0-\xff]*$/.test(input)
            ? Buffer.from(input, "latin1")
            : input,
        ),
    }),
  ),
  mutant(
    "surrogates-one-by-one",
    "NonBmp",
    "Writes a character above U+FFFF as its two surrogates.",
    ({ encode }) => ({
      encode: (input) =>
        typeof input !== "string"
          ? encode(input)
          : Array.from({ length: input.length }, (_, index) => {
              const unit = input.charCodeAt(index);
              return unit < 0xd800 || unit > 0xdfff
                ? encode(input.charAt(index))
                : encode(
                    Uint8Array.of(
                      0xe0 | (unit >> 12),
                      0x80 | ((unit >> 6) & 63),
                      0x80 | (unit & 63),
                    ),
                  );
            }).join(""),
    }),
  ),
  mutant(
    "question-mark-above-bmp",
    "NonBmp",
    "Loses characters above U+FFFF.",
    textWith((text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "")),
  ),
  mutant(
    "encoded-text-kept",
    "EncodedTextKept",
    "Does not encode text that looks encoded already.",
    encodeWith((text) => text.replace(/%25(?=[0-9A-Fa-f]{2})/g, "%")),
  ),
  mutant(
    "control-dropped",
    "ControlDropped",
    "Drops control characters.",
    textWith((text) => text.replace(/[\0-\x1f\x7f]/g, "")),
  ),
  mutant(
    "ends-at-nul",
    "ControlDropped",
    "Ends text at NUL, like C strings.",
    textWith((text) => text.replace(/\0.*$/s, "")),
  ),
  mutant(
    "trimmed",
    "WhitespaceTrimmed",
    "Trims text.",
    textWith((text) => text.trim()),
  ),
  mutant(
    "unicode-normalized",
    "UnicodeNormalized",
    "Normalizes text to NFC.",
    textWith((text) => text.normalize("NFC")),
  ),
  mutant(
    "byte-order-mark-dropped",
    "BomDropped",
    "Drops U+FEFF at the start.",
    textWith((text) => text.replace(/^\ufeff/, "")),
  ),
  mutant(
    "lone-surrogate-replaced",
    "LoneSurrogate",
    "Writes U+FFFD for half a surrogate pair.",
    ({ encode }) => ({
      encode: (input) => encode(typeof input === "string" ? Buffer.from(input) : input),
    }),
    NO_LONE_SURROGATES,
  ),
  mutant("octets-as-text", "NonUtf8Lost", "Reads octets as UTF-8 text.", ({ encode }) => ({
    encode: (input) =>
      encode(typeof input === "string" ? input : Buffer.from(input).toString("utf8")),
  })),
  mutant(
    "plus-decoded",
    "PlusDecoded",
    "Decodes a plus to a space everywhere.",
    ({ decode, decodeOctets, normalizeEncoding }) => ({
      decode: (encoded) => decode(encoded.replaceAll("+", " ")),
      decodeOctets: (encoded) => decodeOctets(encoded.replaceAll("+", " ")),
      normalizeEncoding: (encoded) => normalizeEncoding(encoded, "space"),
    }),
  ),
  mutant("plus-kept", "PlusKept", "Keeps a plus of a form.", ({ normalizeEncoding }) => ({
    normalizeEncoding: (encoded) => normalizeEncoding(encoded, "literal"),
  })),
  mutant(
    "decoded-twice",
    "DoubleDecoded",
    "Decodes twice where it can.",
    ({ decode, decodeOctets }) => ({
      decode: (encoded) => {
        const once = decode(encoded);
        try {
          return decode(once);
        } catch {
          return once;
        }
      },
      decodeOctets: (encoded) => {
        const once = decodeOctets(encoded);
        try {
          return decodeOctets(Buffer.from(once).toString("latin1"));
        } catch {
          return once;
        }
      },
    }),
  ),
  mutant(
    "upper-case-escapes-only",
    "LowerCaseHexRejected",
    "Decodes only escapes in upper case.",
    ({ decode, decodeOctets }) => ({
      decode: (encoded) => decode(encoded.replace(/%(?=.?[a-f])/g, "%25")),
      decodeOctets: (encoded) => decodeOctets(encoded.replace(/%(?=.?[a-f])/g, "%25")),
    }),
  ),
  mutant(
    "broken-escape-kept",
    "BrokenEscape",
    "Accepts a broken escape as plain text.",
    ({ decode, decodeOctets }) => ({
      decode: (encoded) => decode(encoded.replace(/%(?![0-9A-Fa-f]{2})/g, "%25")),
      decodeOctets: (encoded) => decodeOctets(encoded.replace(/%(?![0-9A-Fa-f]{2})/g, "%25")),
    }),
    RIGHT_INPUT,
  ),
  mutant(
    "invalid-utf8-replaced",
    "InvalidUtf8Accepted",
    "Decodes octets that are not UTF-8 to U+FFFD.",
    ({ decodeOctets }) => ({
      decode: (encoded) => Buffer.from(decodeOctets(encoded)).toString("utf8"),
    }),
    RIGHT_INPUT,
  ),
  mutant(
    "not-decoded",
    "DoubleEncoded",
    "Encodes query and form without decoding them first.",
    ({ encode }) => ({ normalizeEncoding: (encoded) => encode(encoded) }),
  ),
  mutant(
    "spelling-kept",
    "UnreservedEncoded",
    "Signs query and form without normalizing their encoding.",
    () => ({
      normalizeEncoding: (encoded) => encoded.replaceAll("+", "%20"),
    }),
  ),
];

/** The base string URI: RFC 5849 §3.4.1.2. */
const uris: readonly Mutant[] = [
  mutant(
    "host-case-kept",
    "HostCase",
    "Keeps a host in upper case.",
    uriWith((uri, url) => {
      const host = /^https?:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? "";
      return uri.replace(host.toLowerCase(), host);
    }),
  ),
  mutant(
    "scheme-case-kept",
    "SchemeCase",
    "Keeps a scheme in upper case.",
    uriWith((uri, url) => url.slice(0, url.indexOf(":")) + uri.slice(uri.indexOf(":"))),
  ),
  mutant(
    "default-port-kept",
    "DefaultPortKept",
    "Keeps the default port.",
    uriWith((uri, url) => {
      const port = /^https?:\/\/(?:[^@/?#]*@)?(?:\[[^\]]*\]|[^:/?#]*)(:[0-9]+)/i.exec(url)?.[1];
      return port === undefined || /^https?:\/\/[^/]*:[0-9]+\//.test(uri)
        ? uri
        : uri.replace(/^(https?:\/\/[^/]*)/, `$1${port}`);
    }),
  ),
  mutant(
    "port-dropped",
    "PortDropped",
    "Drops every port.",
    uriWith((uri) => uri.replace(/^(https?:\/\/(?:\[[^\]]*\]|[^:/]*)):[0-9]+/, "$1")),
  ),
  mutant(
    "both-default-ports-dropped",
    "ForeignPortDropped",
    "Drops 80 and 443 with either scheme.",
    uriWith((uri) => uri.replace(/^(https?:\/\/(?:\[[^\]]*\]|[^:/]*)):(?:80|443)(?=\/)/, "$1")),
  ),
  mutant(
    "path-lower-cased",
    "PathLowerCased",
    "Lower-cases the path too.",
    uriWith((uri) => uri.toLowerCase()),
  ),
  mutant(
    "empty-path-kept",
    "EmptyPathKept",
    "Keeps an empty path.",
    uriWith((uri, url) =>
      /^https?:\/\/[^/?#]*([?#]|$)/i.test(url) ? uri.replace(/\/$/, "") : uri,
    ),
  ),
  mutant(
    "query-kept",
    "QueryKept",
    "Keeps the query in the URI.",
    uriWith((uri, url) => uri + (/^[^?#]*(\?[^#]*)/.exec(url)?.[1] ?? "")),
  ),
  mutant(
    "fragment-kept",
    "FragmentKept",
    "Keeps the fragment in the URI.",
    uriWith((uri, url) => uri + (/#.*$/s.exec(url)?.[0] ?? "")),
  ),
  mutant(
    "userinfo-kept",
    "UserinfoKept",
    "Keeps the userinfo in the URI.",
    uriWith((uri, url) =>
      uri.replace("://", `://${/^https?:\/\/([^@/?#]*@)?/i.exec(url)?.[1] ?? ""}`),
    ),
  ),
  mutant(
    "path-decoded",
    "PathDecoded",
    "Decodes the path.",
    pathWith((path) => {
      try {
        return decodeURIComponent(path);
      } catch {
        return path;
      }
    }),
  ),
  mutant(
    "path-encoded-again",
    "PathEncodedAgain",
    "Encodes the escapes in the path again.",
    pathWith((path) => path.replaceAll("%", "%25")),
  ),
  mutant(
    "path-reserved-encoded",
    "PathEncodedAgain",
    "Encodes characters that a path may contain unencoded.",
    pathWith((path) =>
      path.replace(
        /[!$&'()*+,;=:@]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    ),
  ),
  mutant(
    "escapes-capitalized",
    "PathNormalized",
    "Writes the escapes in the path in upper case.",
    pathWith((path) => path.replace(/%../g, (digits) => digits.toUpperCase())),
  ),
  mutant(
    "slashes-merged",
    "PathNormalized",
    "Merges double slashes of the path.",
    pathWith((path) => path.replace(/\/{2,}/g, "/")),
  ),
  mutant(
    "trailing-slash-dropped",
    "TrailingSlashDropped",
    "Drops a slash at the end of the path.",
    pathWith((path) => path.replace(/(.)\/$/s, "$1")),
  ),
  mutant(
    "path-parameters-dropped",
    "PathParametersLost",
    "Drops what follows a semicolon in the last segment.",
    pathWith((path) => path.replace(/;[^/]*$/, "")),
  ),
  mutant(
    "empty-path-parameters-dropped",
    "PathParametersLost",
    "Drops an empty semicolon at the end of the path, as urlparse does.",
    pathWith((path) => path.replace(/;$/, "")),
  ),
  mutant(
    "host-by-url-parser",
    "HostRewritten",
    "Takes the host from the platform's URL parser.",
    uriWith((uri, url) =>
      uri.replace(/^(https?:\/\/)(?:\[[^\]]*\]|[^:/]*)/, `$1${new URL(url).hostname}`),
    ),
  ),
  mutant(
    "any-scheme",
    "NotHttpAccepted",
    "Accepts any scheme.",
    ({ baseStringUri }) => ({
      baseStringUri: (url) => {
        const [, scheme = ""] = /^([a-z]+):\/\/./i.exec(url) ?? [];
        return /^(https?)?$/i.test(scheme)
          ? baseStringUri(url)
          : baseStringUri(url.replace(/^[a-z]+/i, "http")).replace("http", scheme.toLowerCase());
      },
    }),
    RIGHT_INPUT,
  ),
  mutant(
    "raw-space-accepted",
    "RawCharacterAccepted",
    "Accepts raw spaces and tabs.",
    ({ baseStringUri }) => ({
      baseStringUri: (url) =>
        baseStringUri(url.trim().replace(/[ \t]/g, "~space~")).replaceAll("~space~", " "),
    }),
    RIGHT_INPUT,
  ),
  mutant(
    "port-unchecked",
    "BadPortAccepted",
    "Cuts the port at the first character that is not a digit.",
    ({ baseStringUri }) => ({
      baseStringUri: (url) =>
        baseStringUri(
          url.replace(/^(https?:\/\/[^:/?#[\]@]+:[0-9]+)[^0-9/?#@]+(?=[/?#]|$)/i, "$1"),
        ),
    }),
    RIGHT_INPUT,
  ),
];

/** Collection and normalization of the parameters: RFC 5849 §3.4.1.3. */
const parameters: readonly Mutant[] = [
  mutant("joined-sort", "JoinedSort", "Sorts joined names and values.", () => ({
    compare: (a, b) => order(a.join("="), b.join("=")),
  })),
  mutant("decoded-sort", "DecodedSort", "Sorts before it encodes.", () => ({
    compare: (a, b) => {
      const [one, two] = [decoded(a), decoded(b)];
      return order(one[0], two[0]) || order(one[1], two[1]);
    },
  })),
  mutant("locale-sort", "CaseInsensitiveSort", "Sorts in the order of a dictionary.", () => ({
    compare: (a, b) => a[0].localeCompare(b[0], "en") || a[1].localeCompare(b[1], "en"),
  })),
  mutant("case-ignored-sort", "CaseInsensitiveSort", "Sorts without regard to case.", () => ({
    compare: (a, b) =>
      order(a[0].toLowerCase(), b[0].toLowerCase()) ||
      order(a[1].toLowerCase(), b[1].toLowerCase()) ||
      order(a[0], b[0]) ||
      order(a[1], b[1]),
  })),
  mutant("numeric-sort", "NumericSort", "Sorts numbers as numbers.", () => ({
    compare: (a, b) => numeric(a[0], b[0]) || numeric(a[1], b[1]),
  })),
  mutant("descending-sort", "Unsorted", "Sorts downwards.", () => ({
    compare: (a, b) => order(b[0], a[0]) || order(b[1], a[1]),
  })),
  mutant("values-unsorted", "UnsortedValues", "Sorts by name only.", () => ({
    compare: (a, b) => order(a[0], b[0]),
  })),
  mutant("values-descending", "UnsortedValues", "Sorts values downwards.", () => ({
    compare: (a, b) => order(a[0], b[0]) || order(b[1], a[1]),
  })),
  mutant("unsorted", "Unsorted", "Does not sort.", () => ({ compare: () => 0 })),
  mutant(
    "protocol-parameters-last",
    "Unsorted",
    "Sorts protocol parameters after all others.",
    () => ({
      compare: (a, b) =>
        Number(a[0].startsWith("oauth_")) - Number(b[0].startsWith("oauth_")) ||
        order(a[0], b[0]) ||
        order(a[1], b[1]),
    }),
  ),
  mutant(
    "object-map",
    "DuplicateDropped",
    "Keeps one value for each name.",
    pairsWith((pairs) => [...new Map(pairs)]),
  ),
  mutant(
    "set-of-pairs",
    "DuplicateDropped",
    "Keeps equal pairs once.",
    pairsWith((pairs) =>
      [...new Set(pairs.map((pair) => pair.join("=")))].map(
        (joined) =>
          [joined.slice(0, joined.indexOf("=")), joined.slice(joined.indexOf("=") + 1)] as const,
      ),
    ),
  ),
  mutant(
    "empty-values-dropped",
    "EmptyValueDropped",
    "Drops parameters with an empty value.",
    pairsWith((pairs) => pairs.filter(([, value]) => value !== "")),
  ),
  mutant(
    "empty-equals-dropped",
    "EmptyValueDropped",
    "Writes no equals sign before an empty value.",
    ({ normalize }) => ({ normalize: (pairs) => normalize(pairs).replace(/=(?=&|$)/g, "") }),
  ),
  mutant(
    "empty-names-dropped",
    "EmptyNameDropped",
    "Drops parameters with an empty name.",
    pairsWith((pairs) => pairs.filter(([name]) => name !== "")),
  ),
  mutant(
    "falsy-dropped",
    "FalsyDropped",
    "Drops 0, false and null.",
    pairsWith((pairs) => pairs.filter(([, value]) => !/^(?:0|false|null)$/.test(value))),
  ),
  mutant(
    "proto-lost",
    "ObjectMap",
    "Loses a parameter named __proto__.",
    pairsWith((pairs) => pairs.filter(([name]) => name !== "__proto__")),
  ),
  mutant(
    "no-equals-dropped",
    "NameWithoutEqualsDropped",
    "Drops pieces without an equals sign.",
    ({ pieces }) => ({ pieces: (form) => pieces(form).filter((piece) => piece.includes("=")) }),
  ),
  mutant(
    "second-equals-cuts",
    "SplitAtSecondEquals",
    "Cuts a value at its own equals sign.",
    () => ({
      split: (piece) => {
        const [name = "", value = ""] = piece.split("=");
        return [name, value];
      },
    }),
  ),
  mutant("last-equals-splits", "SplitAtSecondEquals", "Splits at the last equals sign.", () => ({
    split: (piece) => {
      const at = piece.lastIndexOf("=");
      return at < 0 ? [piece, ""] : [piece.slice(0, at), piece.slice(at + 1)];
    },
  })),
  mutant("semicolon-splits", "SemicolonSplit", "Splits at semicolons too.", ({ pieces }) => ({
    pieces: (form) => pieces(form.replaceAll(";", "&")),
  })),
  mutant(
    "decoded-before-split",
    "DecodedBeforeSplit",
    "Decodes before it splits.",
    ({ pieces }) => ({
      pieces: (form) => pieces(form.replaceAll("%26", "&").replaceAll("%3D", "=")),
    }),
  ),
  mutant("query-with-fragment", "FragmentKept", "Reads the fragment as part of the query.", () => ({
    queryOf: (url) => /^[^?]*\?(.*)$/s.exec(url)?.[1] ?? "",
  })),
  mutant(
    "query-after-last-question-mark",
    "QueryNotSigned",
    "Begins the query at the last question mark.",
    () => ({ queryOf: (url) => /\?([^?#]*)(?:#|$)/.exec(url)?.[1] ?? "" }),
  ),
  mutant("query-not-signed", "QueryNotSigned", "Does not sign the query.", () => ({
    queryPairs: () => [],
  })),
  mutant(
    "form-not-signed",
    "FormNotSigned",
    "Does not sign the form.",
    ({ baseString, placesOf }) => ({
      baseString: (input) => baseString({ ...input, form: null }),
      placesOf: (url, header) => placesOf(url, header, null),
    }),
  ),
  mutant(
    "form-of-post-only",
    "FormNotSigned",
    "Signs the form of POST requests only.",
    ({ baseString }) => ({
      baseString: (input) =>
        baseString({ ...input, form: input.method === "POST" ? input.form : null }),
    }),
  ),
  mutant("realm-signed", "RealmSigned", "Signs the realm.", ({ isSignedOfHeader }) => ({
    isSignedOfHeader: (name) => name === "realm" || isSignedOfHeader(name),
  })),
  mutant(
    "realm-of-query-dropped",
    "RealmQueryDropped",
    "Omits a realm parameter of the query and the form.",
    ({ isSignedElsewhere }) => ({
      isSignedElsewhere: (name) => name !== "realm" && isSignedElsewhere(name),
    }),
  ),
  mutant(
    "signature-signed",
    "SignatureSigned",
    "Signs oauth_signature if the request has one.",
    () => ({
      isSignedOfHeader: (name) => name !== "realm",
      isSignedElsewhere: () => true,
    }),
  ),
  mutant(
    "signature-lookalikes-dropped",
    "SignatureLikeDropped",
    "Omits every parameter whose name begins with oauth_signature.",
    () => ({
      isSignedOfHeader: (name) => name !== "realm" && !name.startsWith("oauth_signature"),
      isSignedElsewhere: (name) => !name.startsWith("oauth_signature"),
    }),
  ),
  mutant(
    "token-empty-dropped",
    "EmptyTokenOmitted",
    "Does not sign an empty oauth_token.",
    protocolWith((list) => list.filter(([name, value]) => name !== "oauth_token" || value !== "")),
  ),
  mutant(
    "token-empty-added",
    "EmptyTokenAdded",
    "Signs an empty oauth_token if the request has none.",
    protocolWith((list) =>
      list.some(([name]) => name === "oauth_token") ? list : [...list, ["oauth_token", ""]],
    ),
  ),
  mutant(
    "version-added",
    "VersionAlwaysSigned",
    "Signs oauth_version if the request has none.",
    protocolWith((list) =>
      list.some(([name]) => name === "oauth_version") ? list : [...list, ["oauth_version", "1.0"]],
    ),
  ),
  mutant(
    "callback-not-signed",
    "CallbackNotSigned",
    "Does not sign oauth_callback.",
    protocolWith((list) => list.filter(([name]) => name !== "oauth_callback")),
  ),
  mutant(
    "verifier-not-signed",
    "VerifierNotSigned",
    "Does not sign oauth_verifier.",
    protocolWith((list) => list.filter(([name]) => name !== "oauth_verifier")),
  ),
];

/** The signature base string and the signature: RFC 5849 §3.4.1.1, §3.4.2 to §3.4.4. */
const signatures: readonly Mutant[] = [
  mutant(
    "parameters-encoded-once",
    "EncodedOnce",
    "Does not encode the normalized parameters.",
    ({ encode }) => ({
      join: (method, uri, normalized) => `${encode(method)}&${encode(uri)}&${normalized}`,
    }),
  ),
  mutant(
    "uri-not-encoded",
    "EncodedOnce",
    "Does not encode the base string URI.",
    ({ encode }) => ({
      join: (method, uri, normalized) => `${encode(method)}&${uri}&${encode(normalized)}`,
    }),
  ),
  mutant(
    "ampersand-lost",
    "AmpersandLost",
    "Omits the second ampersand of a base string without parameters.",
    ({ join }) => ({ join: (...elements) => join(...elements).replace(/&$/, "") }),
    "Random requests have protocol parameters.",
  ),
  mutant("method-lower-cased", "MethodCase", "Writes the method in lower case.", ({ method }) => ({
    method: (text) => method(text).toLowerCase(),
  })),
  mutant(
    "method-not-encoded",
    "MethodNotEncoded",
    "Does not encode the method.",
    ({ encode }) => ({
      join: (method, uri, normalized) => `${method}&${encode(uri)}&${encode(normalized)}`,
    }),
    "Random methods are those of HTTP.",
  ),
  mutant(
    "method-unchecked",
    "MethodUnchecked",
    "Accepts any text as a method.",
    () => ({ method: (text) => text.toUpperCase() }),
    RIGHT_INPUT,
  ),
  mutant(
    "ampersand-of-key-lost",
    "MissingAmpersandWithoutToken",
    "Omits the ampersand of a key without a token secret.",
    ({ key }) => ({ key: (client, token) => key(client, token).replace(/&$/, "") }),
  ),
  mutant("secrets-not-encoded", "SecretNotEncoded", "Does not encode the secrets.", () => ({
    key: (client, token) => `${client}&${token}`,
  })),
  mutant("secrets-swapped", "SecretsSwapped", "Swaps the secrets.", ({ key }) => ({
    key: (client, token) => key(token, client),
  })),
  mutant(
    "token-secret-ignored",
    "TokenSecretIgnored",
    "Does not use the token secret.",
    ({ key }) => ({ key: (client) => key(client, "") }),
  ),
  mutant("secrets-lower-cased", undefined, "Uses the secrets in lower case.", ({ key }) => ({
    key: (client, token) => key(client.toLowerCase(), token.toLowerCase()),
  })),
  mutant("sha1-always", "HashDowngrade", "Uses SHA-1 for every method.", () => ({
    hashOf: () => "SHA1",
  })),
  mutant("sha256-always", "HashDowngrade", "Uses SHA-256 for every method.", () => ({
    hashOf: () => "SHA256",
  })),
  mutant(
    "hexadecimal-digest",
    undefined,
    "Writes the digest in hexadecimal digits.",
    ({ hmac }) => ({ hmac: (...input) => Buffer.from(hmac(...input), "base64").toString("hex") }),
  ),
  mutant("url-safe-base64", "Base64Url", "Writes base64 in the alphabet for URLs.", ({ hmac }) => ({
    hmac: (...input) =>
      hmac(...input)
        .replaceAll("+", "-")
        .replaceAll("/", "_"),
  })),
  mutant("padding-dropped", undefined, "Writes base64 without padding.", ({ hmac }) => ({
    hmac: (...input) => hmac(...input).replaceAll("=", ""),
  })),
  mutant("long-key-cut", "LongKeyNotHashed", "Cuts a long key after 64 octets.", ({ hmac }) => ({
    hmac: (hash, key, text) => hmac(hash, key.slice(0, 64), text),
  })),
  mutant(
    "long-key-hashed-early",
    "BlockSize",
    "Hashes a key of more than 64 octets before SHA-512 too.",
    ({ hmac, bodyHash }) => ({
      hmac: (hash, key, text) => {
        if (hash !== "SHA512" || key.length <= 64) return hmac(hash, key, text);
        return hmac(
          hash,
          Buffer.from(bodyHash(Buffer.from(key), "SHA-512"), "base64").toString("latin1"),
          text,
        );
      },
    }),
  ),
  mutant(
    "plaintext-encoded-again",
    "PlaintextEncodedTwice",
    "Encodes the PLAINTEXT signature once more.",
    ({ signature, encode }) => ({
      signature: async (input) => {
        const right = await signature(input);
        return isPlain(input) ? encode(right) : right;
      },
    }),
  ),
  mutant(
    "plaintext-hashed",
    "PlaintextHashed",
    "Hashes for PLAINTEXT too.",
    ({ signature, hmac, key }) => ({
      signature: (input) =>
        isPlain(input)
          ? hmac("SHA1", key(input.clientSharedSecret, input.tokenSharedSecret), input.baseString)
          : signature(input),
    }),
  ),
];

/** Header fields and transmissions: RFC 5849 §3.5. */
const transmissions: readonly Mutant[] = [
  mutant(
    "realm-without-quoted-pairs",
    "QuotedPair",
    "Writes a realm without quoted-pairs.",
    ({ quoted }) => ({
      quoted: (realm) => {
        quoted(realm);
        return `"${realm}"`;
      },
    }),
  ),
  mutant("realm-encoded", "RealmEncoded", "Percent-encodes the realm.", ({ encode }) => ({
    quoted: (realm) => `"${encode(realm)}"`,
  })),
  mutant("realm-unchecked", "HeaderInjection", "Accepts line breaks in the realm.", () => ({
    quoted: (realm) => `"${realm.replace(/["\\]/g, "\\$&")}"`,
  })),
  mutant("realm-lost", "RealmLost", "Does not write the realm.", ({ writeHeader }) => ({
    writeHeader: ({ parameters: list }) => writeHeader({ realm: null, parameters: list }),
  })),
  mutant(
    "header-values-raw",
    "HeaderInjection",
    "Does not encode values of the header field.",
    ({ quoted }) => ({
      writeHeader: ({ realm, parameters: list }) =>
        `OAuth ${[...(realm === null ? [] : [`realm=${quoted(realm)}`]), ...list.map(([name, value]) => `${name}="${value}"`)].join(", ")}`,
    }),
  ),
  mutant(
    "header-sorted",
    "ParameterOrder",
    "Sorts the parameters of the header field.",
    ({ writeHeader }) => ({
      writeHeader: (contents) =>
        writeHeader({
          ...contents,
          parameters: [...contents.parameters].sort((a, b) => order(a[0], b[0])),
        }),
    }),
  ),
  mutant(
    "scheme-case",
    "AuthSchemeCase",
    "Accepts the auth-scheme in one case only.",
    ({ readHeader, isOAuth }) => ({
      isOAuth: (header) => header.startsWith("OAuth") && isOAuth(header),
      readHeader: (header, unquoted) =>
        readHeader(
          header.replace(/^oauth/i, (scheme) => (scheme === "OAuth" ? scheme : "Other")),
          unquoted,
        ),
    }),
  ),
  mutant(
    "scheme-by-prefix",
    "WrongSchemeAccepted",
    "Accepts any scheme that begins with OAuth.",
    ({ readHeader }) => ({
      isOAuth: (header) => /^x?OAuth/i.test(header),
      readHeader: (header, unquoted) =>
        readHeader(header.replace(/^x?OAuth\w*/i, "OAuth"), unquoted),
    }),
    RIGHT_INPUT,
  ),
  mutant(
    "header-plus-decoded",
    "PlusDecoded",
    "Decodes a plus of the header field to a space.",
    ({ readHeader }) => ({
      readHeader: (header, unquoted) => readHeader(header.replaceAll("+", "%20"), unquoted),
    }),
  ),
  mutant(
    "realm-decoded",
    "RealmDecoded",
    "Percent-decodes the realm it reads.",
    ({ readHeader }) => ({
      readHeader: (header, unquoted) => {
        const { realm, parameters: list } = readHeader(header, unquoted);
        return { realm: realm === null ? null : percentDecode(realm), parameters: list };
      },
    }),
  ),
  mutant(
    "unquoted-accepted",
    "UnquotedAccepted",
    "Reads values without quotes even if they are not allowed.",
    ({ readHeader }) => ({ readHeader: (header) => readHeader(header, true) }),
    RIGHT_INPUT,
  ),
  mutant(
    "header-cut-at-commas",
    "QuotedComma",
    "Cuts the header field at commas inside quotes.",
    ({ readHeader }) => ({
      readHeader: (header, unquoted) =>
        readHeader(header.replace(/"[^"\\]*,[^"]*"/g, '""'), unquoted),
    }),
  ),
  mutant(
    "signature-not-carried",
    "TransmissionSigned",
    "Computes a signature that nothing carries.",
    () => ({ transmit: () => ({}) }),
  ),
  mutant(
    "after-the-fragment",
    "FragmentKept",
    "Appends to the end of the URL, after the fragment.",
    ({ appendToQuery }) => ({
      appendToQuery: (url, query) =>
        appendToQuery(url.replace(/#/, "%23"), query).replace("%23", "#"),
    }),
  ),
  mutant(
    "question-mark-again",
    "TransmissionSigned",
    "Always begins with a question mark when it appends to the URL.",
    () => ({ appendToQuery: (url, query) => url.replace(/(?=#|$)/, `?${query}`) }),
  ),
  mutant(
    "question-mark-is-separator",
    "TransmissionSigned",
    "Appends without an ampersand to a URL that ends in a question mark.",
    () => ({
      appendToQuery: (url, query) =>
        url.replace(/#.*$/s, "").endsWith("?")
          ? url.replace(/(?=#|$)/, query)
          : url.replace(/(?=#|$)/, `${url.replace(/#.*$/s, "").includes("?") ? "&" : "?"}${query}`),
    }),
  ),
  mutant(
    "form-lost",
    "TransmissionSigned",
    "Sends a form body of protocol parameters only.",
    ({ formText, transmit }) => ({
      transmit: (input, list) =>
        input.transmission === "form-body" ? { body: formText(list) } : transmit(input, list),
    }),
  ),
  mutant(
    "form-text-raw",
    "TransmissionSigned",
    "Does not encode protocol parameters of query and form body.",
    () => ({ formText: (list) => list.map((pair) => pair.join("=")).join("&") }),
  ),
  mutant(
    "other-timestamp",
    "TransmissionSigned",
    "Signs another timestamp than it was given.",
    ({ protocolParameters }) => ({
      protocolParameters: (input) => protocolParameters({ ...input, timestamp: "1" }),
    }),
  ),
  mutant(
    "form-signed-in-header-only",
    "FormNotSigned",
    "Signs the form only when the protocol parameters go into the body.",
    ({ formToSign }) => ({
      formToSign: (input) => (input.transmission === "form-body" ? formToSign(input) : null),
    }),
  ),
  mutant(
    "body-signed-as-form",
    "BodySignedAsForm",
    "Signs a body that looks like a form.",
    ({ formToSign, formPairs }) => ({
      formToSign: (input) =>
        input.body === null
          ? formToSign(input)
          : [
              ...formPairs(
                Buffer.from(input.body, "base64").toString("latin1").replaceAll("%", ""),
              ),
            ].map((pair) => pair.map(percentDecode) as unknown as Parameter),
    }),
    "Random requests to sign have no body but a form.",
  ),
];

/** Verification: RFC 5849 §3.2. */
const verification: readonly Mutant[] = [
  mutant("every-signature", "WrongSignatureAccepted", "Accepts every signature.", () => ({
    isSame: () => true,
  })),
  mutant(
    "signature-prefix",
    "PrefixAccepted",
    "Compares only as many characters as it received.",
    () => ({ isSame: (received, right) => right.startsWith(received) }),
  ),
  mutant("first-eight", "PrefixAccepted", "Compares the first eight characters.", () => ({
    isSame: (received, right) => received.slice(0, 8) === right.slice(0, 8),
  })),
  mutant(
    "signature-case-ignored",
    "CaseIgnored",
    "Compares signatures without regard to case.",
    () => ({ isSame: (received, right) => received.toLowerCase() === right.toLowerCase() }),
  ),
  mutant(
    "base64-decoded",
    "LooseBase64",
    "Compares signatures after decoding base64 leniently.",
    () => ({
      isSame: (received, right) =>
        Buffer.from(received, "base64").equals(Buffer.from(right, "base64")),
    }),
  ),
  mutant(
    "signature-trimmed",
    "LooseBase64",
    "Trims the signature that it received.",
    () => ({ isSame: (received, right) => received.trim() === right }),
    "A random change of one character leaves no whole signature.",
  ),
  mutant(
    "signature-decoded-again",
    "SignatureNotDecoded",
    "Decodes the signature once more.",
    () => ({
      isSame: (received, right) => {
        try {
          return percentDecode(received) === right;
        } catch {
          return false;
        }
      },
    }),
    "A random change of one character makes no escape of one.",
  ),
  mutant(
    "any-hash",
    "HashDowngrade",
    "Takes HMAC-SHA1 for any HMAC.",
    ({ verifySignature, signature }) => ({
      verifySignature: async (input) =>
        (await verifySignature(input)) ||
        (isHmac(input) &&
          input.signature === (await signature({ ...input, signatureMethod: "HMAC-SHA1" }))),
    }),
    HMAC_ONLY,
  ),
  mutant(
    "plaintext-for-any",
    "MethodConfusion",
    "Accepts the secrets themselves as a signature.",
    ({ verifySignature, key }) => ({
      verifySignature: async (input) =>
        input.signature === key(input.clientSharedSecret, input.tokenSharedSecret) ||
        verifySignature(input),
    }),
    "A random change of a signature does not make it the secrets.",
  ),
  mutant(
    "hmac-by-public-key",
    "MethodConfusion",
    "Accepts HMAC with the public key as an RSA signature.",
    ({ verifySignature, hmac, key }) => ({
      verifySignature: async (input) =>
        (input.publicKey !== undefined &&
          input.signature ===
            hmac(input.signatureMethod.slice(4), key(input.publicKey, ""), input.baseString)) ||
        verifySignature(input),
    }),
    HMAC_ONLY,
  ),
  mutant(
    "places-and-duplicates",
    "DuplicateAccepted",
    "Accepts protocol parameters twice, and from several places.",
    withoutProblem(0),
    RIGHT_REQUEST,
  ),
  mutant(
    "several-places",
    "TwoTransmissionsAccepted",
    "Accepts protocol parameters from several places.",
    ({ problems: [_, ...rest] }) => ({
      problems: [
        ({ found, protocol }) => protocol.size < found.flat().length && "parameter_rejected",
        ...rest,
      ],
    }),
    RIGHT_REQUEST,
  ),
  mutant(
    "missing-accepted",
    "MissingParameterAccepted",
    "Does not require timestamp and nonce.",
    withoutProblem(1),
    RIGHT_REQUEST,
  ),
  mutant(
    "plaintext-needs-nonce",
    "PlaintextNonceRequired",
    "Requires timestamp and nonce with PLAINTEXT too.",
    ({ problems }) => ({
      problems: [
        ...problems,
        ({ protocol }) =>
          !(protocol.has("oauth_nonce") && protocol.has("oauth_timestamp")) && "parameter_absent",
      ],
    }),
    HMAC_ONLY,
  ),
  mutant(
    "any-version",
    "VersionNotVerified",
    "Accepts any oauth_version.",
    withoutProblem(2),
    RIGHT_REQUEST,
  ),
  mutant(
    "any-method",
    "DowngradeAccepted",
    "Accepts any signature method.",
    withoutProblem(3),
    RIGHT_REQUEST,
  ),
  mutant(
    "any-timestamp",
    "TimestampUnchecked",
    "Accepts any text as a timestamp.",
    withoutProblem(4),
    RIGHT_REQUEST,
  ),
  mutant(
    "body-hash-with-form",
    "BodyHashWithForm",
    "Accepts a body hash together with a form.",
    withoutProblem(5),
    RIGHT_REQUEST,
  ),
  mutant(
    "body-hash-unchecked",
    "BodyHashNotVerified",
    "Does not compare the body hash.",
    withoutProblem(6),
    RIGHT_REQUEST,
  ),
  mutant(
    "body-hash-hexadecimal",
    "HexHash",
    "Writes the body hash in hexadecimal digits.",
    ({ bodyHash }) => ({
      bodyHash: (body, hash) => Buffer.from(bodyHash(body, hash), "base64").toString("hex"),
    }),
  ),
  mutant("body-hash-of-text", "BodyAsText", "Hashes the body as text.", ({ bodyHash }) => ({
    bodyHash: (body, hash) => bodyHash(Buffer.from(Buffer.from(body).toString("utf8")), hash),
  })),
  mutant(
    "token-required",
    "TokenRequired",
    "Rejects requests without a token.",
    ({ problems }) => ({
      problems: [...problems, ({ protocol }) => !protocol.has("oauth_token") && "parameter_absent"],
    }),
  ),
  mutant(
    "method-not-verified",
    "MethodNotVerified",
    "Verifies every request as if it were GET.",
    ({ baseStringOf }) => ({
      baseStringOf: (received) =>
        baseStringOf({ ...received, request: { ...received.request, method: "GET" } }),
    }),
  ),
  mutant(
    "scheme-not-verified",
    "SchemeNotVerified",
    "Verifies http as https, behind a proxy.",
    ({ verify }) => ({
      verify: (request) => verify({ ...request, url: request.url.replace(/^http:/i, "https:") }),
    }),
  ),
  mutant(
    "query-not-read",
    "QueryTransmission",
    "Does not read protocol parameters of the query.",
    ({ problems }) => ({
      problems: [
        ({ places }) =>
          places.query.some(([name]) => name.startsWith("oauth_")) && "parameter_absent",
        ...problems,
      ],
    }),
  ),
  mutant(
    "form-not-read",
    "FormTransmission",
    "Does not read protocol parameters of a form body.",
    ({ problems }) => ({
      problems: [
        ({ places }) =>
          places.form.some(([name]) => name.startsWith("oauth_")) && "parameter_absent",
        ...problems,
      ],
    }),
  ),
  mutant(
    "content-type-case",
    "ContentTypeCase",
    "Compares the content type case-sensitively.",
    ({ isForm }) => ({
      isForm: (contentType) =>
        isForm(contentType) && (contentType ?? "").startsWith("application/x-www-form-urlencoded"),
    }),
  ),
  mutant(
    "any-body-is-a-form",
    "BodySignedAsForm",
    "Reads any body as a form.",
    () => ({ isForm: () => true }),
    "Random bodies are forms.",
  ),
  mutant(
    "forms-of-post-only",
    "BodyNotCollected",
    "Reads forms of POST requests only.",
    ({ baseStringOf }) => ({
      baseStringOf: (received) =>
        baseStringOf(
          received.request.method === "POST"
            ? received
            : { ...received, places: { ...received.places, form: [] } },
        ),
    }),
  ),
  mutant(
    "field-name-case",
    "FieldNameCase",
    "Reads the name of the header field in one case only.",
    () => ({
      headerField: ({ headers }, name) =>
        headers.find(
          ([own]) => own === name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
        )?.[1],
    }),
    'Random requests write it "Authorization".',
  ),
  mutant(
    "method-override",
    "OtherFieldRead",
    "Verifies X-HTTP-Method-Override instead of the method.",
    ({ headerField, verify }) => ({
      verify: (request) =>
        verify({
          ...request,
          method: headerField(request, "x-http-method-override") ?? request.method,
        }),
    }),
    "Random requests have no other header field.",
  ),
  mutant(
    "extensions-not-signed",
    "ExtensionDropped",
    "Signs only the protocol parameters that the RFC names.",
    ({ isSignedOfHeader }) => ({
      isSignedOfHeader: (name) =>
        isSignedOfHeader(name) &&
        /^oauth_(?:consumer_key|token|signature_method|timestamp|nonce|version|callback|verifier|body_hash)$/.test(
          name,
        ),
    }),
  ),
];

/** All mutants. */
export const mutants: readonly Mutant[] = [
  ...encoding,
  ...uris,
  ...parameters,
  ...signatures,
  ...transmissions,
  ...verification,
];
