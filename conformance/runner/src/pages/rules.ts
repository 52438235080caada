/** A rule of RFC 5849 §3, and where the vectors hold an implementation against it. */
export interface Rule {
  readonly section: string;
  readonly rule: string;
  /** Vectors of the right way. */
  readonly right: readonly string[];
  /** Flags of the vectors of the wrong ways. */
  readonly wrong: readonly string[];
}

const rule = (
  section: string,
  text: string,
  right: readonly string[],
  wrong: readonly string[],
): Rule => ({ section, rule: text, right, wrong });

/** In the order of the text. */
export const rules: readonly Rule[] = [
  rule(
    "§3.1",
    "Names and values of protocol parameters are case sensitive.",
    ["request-verification/extension-in-header-capitals"],
    ["NameCase", "CaseIgnored"],
  ),
  rule(
    "§3.1",
    "oauth_token may be omitted without a token.",
    ["sign/without-token", "request-verification/without-token-header"],
    ["EmptyTokenAdded", "TokenRequired"],
  ),
  rule(
    "§3.1",
    "Timestamp and nonce may be omitted with PLAINTEXT only.",
    ["request-verification/rfc-2-1-plaintext"],
    ["PlaintextNonceRequired", "MissingParameterAccepted"],
  ),
  rule(
    "§3.1",
    "oauth_version is optional, and 1.0.",
    ["sign/minimal", "sign/version"],
    ["VersionAlwaysSigned", "VersionNotVerified"],
  ),
  rule(
    "§3.1",
    "No protocol parameter comes twice.",
    ["request-verification/rfc-3-1"],
    ["DuplicateAccepted"],
  ),
  rule(
    "§3.2",
    "The server computes the signature itself and compares.",
    ["request-verification/rfc-3-1", "signature-verification/rsa-sha256-public-key"],
    [
      "SignatureNotVerified",
      "WrongSignatureAccepted",
      "PrefixAccepted",
      "LooseBase64",
      "WrongSecretAccepted",
      "ProtocolParameterNotVerified",
    ],
  ),
  rule(
    "§3.2",
    "An unsupported signature method is rejected.",
    ["request-verification/several-methods-accepted"],
    ["DowngradeAccepted", "UnknownMethodAccepted", "MethodConfusion"],
  ),
  rule(
    "§3.3",
    "A timestamp is a positive integer.",
    ["sign/timestamp-large"],
    ["TimestampUnchecked"],
  ),
  rule(
    "§3.4.1.1",
    "The method is upper-cased, a custom one encoded.",
    ["signature-base-string/method-put", "signature-base-string/method-exclamation-mark"],
    ["MethodCase", "MethodNotEncoded", "MethodUnchecked", "MethodNotVerified"],
  ),
  rule(
    "§3.4.1.1",
    "Three elements, each encoded, are joined by ampersands.",
    ["signature-base-string/rfc-example", "signature-base-string/no-parameters"],
    ["EncodedOnce", "AmpersandLost"],
  ),
  rule(
    "§3.4.1.2",
    "Scheme and host are in small letters, the path is as it is.",
    ["base-string-uri/rfc-http", "base-string-uri/host-capitals-path-kept"],
    [
      "SchemeCase",
      "HostCase",
      "PathLowerCased",
      "PathDecoded",
      "PathEncodedAgain",
      "PathNormalized",
      "DotSegmentsRemoved",
      "TrailingSlashAdded",
      "TrailingSlashDropped",
      "PathParametersLost",
    ],
  ),
  rule(
    "§3.4.1.2",
    "Host and port are those of the Host header field.",
    ["base-string-uri/userinfo-dropped", "base-string-uri/host-ipv6"],
    ["UserinfoKept", "HostRewritten", "AuthorityMisread", "HostNotVerified"],
  ),
  rule(
    "§3.4.1.2",
    "The default port is omitted; every other port is kept.",
    ["base-string-uri/port-http-80", "base-string-uri/port-http-443", "base-string-uri/rfc-https"],
    ["DefaultPortKept", "ForeignPortDropped", "PortDropped", "PortNotVerified"],
  ),
  rule(
    "§3.4.1.2",
    "Neither query nor fragment are part of it.",
    ["base-string-uri/query-dropped", "base-string-uri/fragment-dropped"],
    ["QueryKept", "FragmentKept"],
  ),
  rule(
    "§3.4.1.3.1",
    "The query is parsed as a form.",
    ["parameter-collection/rfc-example"],
    [
      "QueryNotSigned",
      "NameWithoutEqualsDropped",
      "SplitAtSecondEquals",
      "SemicolonSplit",
      "DecodedBeforeSplit",
      "DoubleDecoded",
      "DoubleEncoded",
    ],
  ),
  rule(
    "§3.4.1.3.1",
    "A plus of a form is a space.",
    ["parameter-collection/form-plus", "request-verification/form-plus"],
    ["PlusKept", "PlusDecoded"],
  ),
  rule(
    "§3.4.1.3.1",
    "Parameters of the Authorization header field are collected, the realm is not.",
    ["sign/realm", "request-verification/extension-in-header"],
    ["RealmSigned", "RealmQueryDropped", "ExtensionDropped", "OtherSchemeRead"],
  ),
  rule(
    "§3.4.1.3.1",
    "An entity-body is collected if it is a form, and only then.",
    ["sign/form-put", "request-verification/json"],
    ["FormNotSigned", "BodySignedAsForm", "ContentTypeCase", "BodyNotCollected"],
  ),
  rule(
    "§3.4.1.3.1",
    "oauth_signature is not signed.",
    ["signature-base-string/query-signature"],
    ["SignatureSigned", "SignatureLikeDropped"],
  ),
  rule(
    "§3.4.1.3.1",
    "What is not in the request is not signed, and what is in it is.",
    ["signature-base-string/version-absent", "signature-base-string/token-empty"],
    [
      "VersionAlwaysSigned",
      "EmptyTokenAdded",
      "EmptyTokenOmitted",
      "CallbackNotSigned",
      "VerifierNotSigned",
    ],
  ),
  rule(
    "§3.4.1.3.2",
    "Names and values are encoded, then sorted by octets, names before values.",
    ["parameter-normalization/rfc-example", "signature-base-string/sort-joined"],
    [
      "DecodedSort",
      "JoinedSort",
      "CaseInsensitiveSort",
      "CodeUnitSort",
      "NumericSort",
      "Unsorted",
      "UnsortedValues",
    ],
  ),
  rule(
    "§3.4.1.3.2",
    "Every pair stays, with its equals sign, also where it is empty or comes twice.",
    ["signature-base-string/query-duplicates", "signature-base-string/query-empty-value"],
    ["DuplicateDropped", "EmptyValueDropped", "EmptyNameDropped", "FalsyDropped", "ObjectMap"],
  ),
  rule(
    "§3.4.2",
    "The key is both secrets, encoded, with an ampersand between them, always.",
    ["sign/secrets-reserved", "sign/without-token"],
    ["MissingAmpersandWithoutToken", "SecretNotEncoded", "SecretsSwapped", "TokenSecretIgnored"],
  ),
  rule(
    "§3.4.2",
    "HMAC by RFC 2104, in base64 by RFC 2045.",
    ["hmac-sha1/rfc-erratum-2550"],
    ["LongKeyNotHashed", "BlockSize", "Base64Url", "HashDowngrade"],
  ),
  rule(
    "§3.4.3",
    "RSASSA-PKCS1-v1_5 with the client's key.",
    ["sign/rsa-sha1-wiki", "request-verification/rsa-sha1-header"],
    ["SecretsInRsa", "RsaPadding", "KeyForm"],
  ),
  rule(
    "§3.4.4",
    "PLAINTEXT is the key; the base string has no part in it.",
    ["sign/plaintext", "request-verification/plaintext-query-tampered"],
    ["PlaintextEncodedTwice", "PlaintextHashed"],
  ),
  rule(
    "§3.5",
    "Parameters with the prefix oauth_ are in one place only.",
    ["request-verification/requestor-id"],
    ["TwoTransmissionsAccepted", "TransmissionSigned"],
  ),
  rule(
    "§3.5.1",
    "The auth-scheme is case insensitive.",
    ["request-verification/scheme-capitals"],
    ["AuthSchemeCase", "WrongSchemeAccepted"],
  ),
  rule(
    "§3.5.1",
    "Names and values are encoded and in quotes, with commas and optional white space between them.",
    ["request-verification/white-space-none", "request-verification/white-space-folded"],
    [
      "NotPercentDecoded",
      "OptionalWhitespace",
      "FoldedLine",
      "JunkAccepted",
      "UnterminatedAccepted",
      "HeaderInjection",
    ],
  ),
  rule(
    "§3.5.1",
    "The realm is a quoted-string.",
    ["request-verification/realm-quoted-pair", "sign/realm-quote"],
    ["QuotedPair", "QuotedComma", "RealmEncoded", "RealmDecoded", "RealmLost"],
  ),
  rule(
    "§3.5.2",
    "Protocol parameters go into a form body, after its own.",
    ["sign/transmission-form-body", "request-verification/hmac-sha1-form-body"],
    ["FormTransmission", "TransmissionSigned"],
  ),
  rule(
    "§3.5.3",
    "Protocol parameters go into the query, after its own.",
    ["sign/transmission-query-with-query", "request-verification/hmac-sha1-query"],
    ["QueryTransmission", "TransmissionSigned"],
  ),
  rule(
    "§3.6",
    "Text is encoded as UTF-8.",
    ["percent-encoding/space", "sign/form-utf8"],
    ["Latin1Octets", "NonBmp", "UnicodeNormalized", "BomDropped", "LoneSurrogate", "NonUtf8Lost"],
  ),
  rule(
    "§3.6",
    "Letters, digits and - . _ ~ are not encoded, all else is, in capitals.",
    ["sign/nonce-uuid", "sign/form-values"],
    ["UnreservedEncoded", "ReservedUnencoded", "SpaceAsPlus", "LowerCaseHex", "EncodedTextKept"],
  ),
];
