import type { Keyword, Section, Statement, Tests } from "./statement.js";

type Row = readonly [keywords: string, text: string, tested: Tests | string];

/** Numbers the statements of a section. Keywords are separated by commas. */
function section(number: string, title: string, keywords: string, rows: readonly Row[]): Section {
  return {
    number,
    title,
    keywords: split(keywords),
    statements: rows.map(
      ([words, text, tested], index): Statement => ({
        id: `${number}-${index + 1}`,
        text,
        keywords: split(words),
        tested,
      }),
    ),
  };
}

function split(keywords: string): readonly Keyword[] {
  return keywords === "" ? [] : (keywords.split(", ") as Keyword[]);
}

/**
 * Every normative statement of RFC 5849 §3: each keyword, and each step of a definition. The keywords
 * of a section were counted in the text of https://www.rfc-editor.org/rfc/rfc5849.txt.
 */
export const sections: readonly Section[] = [
  section("3", "Authenticated Requests", "", [
    [
      "",
      "A request carries the credentials of a client and, if it acts for a resource owner, those of a token.",
      { vectors: ["sign/rfc-3-1", "sign/without-token"] },
    ],
    [
      "",
      "Client credentials are a unique identifier and either a shared-secret or an RSA key pair.",
      { vectors: ["sign/rfc-3-1", "sign/rsa-sha1"] },
    ],
    [
      "",
      "How a client gets credentials and learns what a server supports is out of scope.",
      "It demands nothing of a request or a server.",
    ],
  ]),
  section("3.1", "Making Requests", "REQUIRED, MAY, MAY, MAY, OPTIONAL, MUST, MUST NOT", [
    [
      "",
      "The name of every protocol parameter begins with `oauth_`.",
      {
        vectors: [
          "request-verification/extension-oauth",
          "signature-base-string/protocol-parameter-of-extension",
        ],
      },
    ],
    [
      "",
      "Names and values of protocol parameters are case-sensitive.",
      {
        vectors: [
          "authorization-header-parsing/name-case",
          "request-verification/two-places-capitals",
        ],
        flags: ["NameCase", "CaseIgnored"],
      },
    ],
    [
      "REQUIRED",
      "A request has every protocol parameter of this section that is not said to be optional.",
      {
        vectors: ["sign/minimal", "request-verification/without-anything"],
        flags: ["MissingParameterAccepted"],
        properties: ["sign/by-parts"],
        probes: [
          "without-oauth_consumer_key",
          "without-oauth_signature_method",
          "without-oauth_timestamp",
          "without-oauth_nonce",
        ],
      },
    ],
    [
      "",
      "`oauth_consumer_key` is the identifier of the client credentials.",
      {
        vectors: ["sign/identifiers-reserved", "request-verification/tampered-consumer-key-header"],
        properties: ["sign/by-parts"],
        probes: ["unknown-client"],
      },
    ],
    [
      "",
      "`oauth_token` is the token that relates the request to a resource owner.",
      {
        vectors: ["sign/rfc-3-1", "request-verification/tampered-token-header"],
        properties: ["sign/by-parts"],
        probes: ["unknown-token"],
      },
    ],
    [
      "MAY",
      "A client without a token can omit `oauth_token`.",
      {
        vectors: ["sign/without-token", "request-verification/without-token-header"],
        flags: ["TokenRequired"],
      },
    ],
    [
      "",
      "`oauth_signature_method` is the name of the signature method.",
      {
        vectors: ["sign/hmac-sha256", "request-verification/several-methods-accepted"],
        properties: ["sign/signature-methods"],
        probes: ["unknown-method"],
      },
    ],
    [
      "",
      "`oauth_timestamp` is the timestamp of section 3.3.",
      {
        vectors: ["sign/timestamp-large", "request-verification/tampered-timestamp-header"],
        properties: ["sign/by-parts"],
      },
    ],
    [
      "MAY",
      "With PLAINTEXT, a client can omit `oauth_timestamp`.",
      {
        vectors: ["request-verification/rfc-2-1-plaintext"],
        flags: ["PlaintextNonceRequired"],
      },
    ],
    [
      "",
      "`oauth_nonce` is the nonce of section 3.3.",
      {
        vectors: ["sign/nonce-uuid", "request-verification/tampered-nonce-header"],
        properties: ["sign/by-parts"],
        probes: ["strange-nonce"],
      },
    ],
    [
      "MAY",
      "With PLAINTEXT, a client can omit `oauth_nonce`.",
      {
        vectors: [
          "request-verification/plaintext-timestamp-only",
          "request-verification/rfc-2-1-plaintext",
        ],
        flags: ["PlaintextNonceRequired"],
      },
    ],
    [
      "OPTIONAL",
      "A client can omit `oauth_version`.",
      {
        vectors: ["sign/minimal", "request-verification/version-absent"],
        flags: ["VersionAlwaysSigned"],
        probes: ["no-version"],
      },
    ],
    [
      "MUST",
      "If there is an `oauth_version`, its value is `1.0`.",
      {
        vectors: ["sign/version", "request-verification/version-2-0"],
        flags: ["VersionNotVerified"],
        probes: ["version"],
      },
    ],
    [
      "",
      "The client adds the protocol parameters to the request in one of the places of section 3.5.",
      {
        vectors: [
          "sign/transmission-header",
          "sign/transmission-form-body",
          "sign/transmission-query",
        ],
        properties: ["sign/by-parts"],
      },
    ],
    [
      "MUST NOT",
      "A protocol parameter does not occur twice in a request.",
      {
        vectors: [
          "request-verification/twice-consumer-key",
          "request-verification/twice-escaped-name",
        ],
        flags: ["DuplicateAccepted"],
        probes: ["duplicate"],
      },
    ],
    [
      "",
      "The client computes `oauth_signature` by section 3.4 and adds it in the same place as the others.",
      {
        vectors: ["sign/rfc-3-1", "request-verification/two-places-signature"],
        properties: ["sign/by-parts"],
        probes: ["without-oauth_signature"],
      },
    ],
    [
      "",
      "The client sends the request.",
      "The suite asks a signer for the parts of a request and sends none. `serve` checks what a client sends.",
    ],
  ]),
  section("3.2", "Verifying Requests", "MUST, MAY, MAY, SHOULD, MAY, SHOULD, SHOULD", [
    [
      "MUST",
      "A server validates every request by the steps of this section.",
      {
        vectors: ["request-verification/rfc-3-1", "request-verification/signature-absent"],
        flags: ["SignatureNotVerified", "WrongSignatureAccepted", "MethodRejected"],
        properties: ["sign/verifies"],
        probes: ["right", "unsigned"],
      },
    ],
    [
      "",
      "The server computes the signature itself and compares it with `oauth_signature`.",
      {
        vectors: [
          "request-verification/hmac-sha1-header",
          "signature-verification/rsa-sha256-public-key",
        ],
        flags: ["WrongSignatureAccepted", "PrefixAccepted", "LooseBase64", "WrongSecretAccepted"],
        properties: [
          "hmac-sha1-verification/right-signature",
          "hmac-sha1-verification/own-signature",
          "hmac-sha1-verification/changed-octet",
          "hmac-sha1-verification/changed-character",
          "hmac-sha1-verification/part",
          "signature-verification/right-signature",
          "signature-verification/changed-octet",
        ],
        probes: ["empty-signature", "signature-case"],
      },
    ],
    [
      "",
      "With a method other than PLAINTEXT, the server accepts a nonce once per timestamp and token.",
      { probes: ["replay"] },
    ],
    ["MAY", "The server can reject an old timestamp.", { probes: ["old-timestamp"] }],
    [
      "",
      "If there is a token, the server verifies that it is valid.",
      { probes: ["unknown-token"] },
    ],
    [
      "",
      "If there is a token, the server verifies that its scope allows the request.",
      "The RFC defines no scopes, so no request is known to exceed one.",
    ],
    [
      "MAY",
      "The server can limit a token to the client that it was issued to.",
      "A server can do either, and the suite has the credentials of one client.",
    ],
    [
      "",
      "If there is an `oauth_version`, the server verifies that it is `1.0`.",
      {
        vectors: ["request-verification/version-empty", "request-verification/version-1-0a"],
        flags: ["VersionNotVerified"],
        probes: ["version"],
      },
    ],
    [
      "SHOULD",
      "The status of a response to a rejected request says why.",
      { probes: ["unsigned", "tampered-query", "two-places"] },
    ],
    [
      "MAY",
      "The body of that response can give details.",
      "A server can do either, in a form of its own.",
    ],
    [
      "SHOULD",
      "The status is 400 for unsupported, missing or duplicate protocol parameters and for an unsupported signature method.",
      {
        probes: ["without-oauth_nonce", "duplicate", "unknown-method"],
      },
    ],
    [
      "SHOULD",
      "The status is 401 for invalid client credentials, an invalid token, signature or nonce.",
      {
        probes: ["unknown-client", "unknown-token", "client-secret", "replay"],
      },
    ],
  ]),
  section("3.3", "Nonce and Timestamp", "MUST, MUST, MAY, MAY", [
    [
      "MUST",
      "A timestamp is a positive integer.",
      {
        vectors: [
          "request-verification/timestamp-zero",
          "request-verification/timestamp-fraction",
          "sign/timestamp-large",
        ],
        flags: ["TimestampUnchecked"],
        probes: ["no-number"],
      },
    ],
    [
      "",
      "It is the number of seconds since the beginning of 1970 GMT, unless the server documents otherwise.",
      { probes: ["milliseconds", "future-timestamp"] },
    ],
    [
      "",
      "A nonce is a random string.",
      "The suite gives each signer the nonce, so that the signature is known.",
    ],
    [
      "MUST",
      "A client uses a nonce once per timestamp and token.",
      "The suite gives each signer the nonce. `serve` reports one that a client repeats, and 3.2-3 is the server's part.",
    ],
    [
      "MAY",
      "A server can reject old timestamps, so that it need not keep every nonce.",
      { probes: ["old-timestamp"] },
    ],
    [
      "MAY",
      "Such a server can offer a way to synchronize clocks.",
      "The RFC does not define such a way.",
    ],
  ]),
  section("3.4", "Signature", "", [
    [
      "",
      "A client proves possession of the secrets, or RSA key, of all credentials in the request.",
      {
        vectors: [
          "request-verification/wrong-client-secret",
          "request-verification/wrong-token-secret",
        ],
        flags: ["WrongSecretAccepted", "TokenSecretIgnored"],
        probes: ["client-secret", "token-secret"],
      },
    ],
    [
      "",
      "The signature methods are HMAC-SHA1, RSA-SHA1 and PLAINTEXT.",
      { vectors: ["sign/rfc-3-1", "sign/rsa-sha1", "sign/plaintext"] },
    ],
    [
      "",
      "A server supports the methods that it chooses, and can define its own.",
      {
        vectors: ["sign/hmac-sha256", "request-verification/downgrade-plaintext"],
        flags: ["DowngradeAccepted", "HashDowngrade"],
        properties: ["sign/signature-methods"],
      },
    ],
    [
      "",
      "The client names the method in `oauth_signature_method` and sends the result in `oauth_signature`.",
      {
        vectors: ["sign/hmac-sha512", "request-verification/tampered-signature-method"],
        properties: ["sign/by-parts", "sign/signature-methods"],
      },
    ],
    [
      "",
      "The server verifies by the rules of the named method.",
      {
        vectors: [
          "request-verification/signature-is-plaintext",
          "request-verification/rsa-sha256-hmac-by-public-key",
        ],
        flags: ["MethodConfusion", "UnknownMethodAccepted"],
        properties: ["sign/verifies"],
        probes: ["unknown-method"],
      },
    ],
    [
      "",
      "Signing does not change the request, except for `oauth_signature`.",
      {
        vectors: ["sign/transmission-query-with-fragment", "sign/query-no-equals"],
        flags: ["TransmissionSigned"],
        properties: ["sign/by-parts"],
      },
    ],
  ]),
  section("3.4.1", "Signature Base String", "", [
    [
      "",
      "The base string is a reproducible function of the request.",
      {
        vectors: ["signature-base-string/rfc-example"],
        flags: ["OrderMatters", "Unsorted"],
        properties: ["signature-base-string/by-parts", "signature-base-string/every-change-shows"],
      },
    ],
    [
      "",
      "It includes the HTTP method.",
      {
        vectors: ["request-verification/tampered-method"],
        flags: ["MethodNotVerified"],
        properties: ["signature-base-string/every-change-shows"],
        probes: ["tampered-method"],
      },
    ],
    [
      "",
      "It includes the authority of the Host header field.",
      {
        vectors: ["request-verification/tampered-host", "request-verification/tampered-port"],
        flags: ["HostNotVerified", "PortNotVerified", "PortDropped"],
        properties: ["signature-base-string/every-change-shows"],
      },
    ],
    [
      "",
      "It includes the path and the query.",
      {
        vectors: [
          "request-verification/tampered-path",
          "request-verification/tampered-query-value",
        ],
        flags: ["PathNotVerified", "PathParametersLost", "QueryNotVerified", "QueryNotSigned"],
        properties: ["signature-base-string/every-change-shows"],
        probes: ["tampered-query", "query-removed"],
      },
    ],
    [
      "",
      "It includes the protocol parameters except `oauth_signature`.",
      {
        vectors: ["request-verification/tampered-nonce-header"],
        flags: ["ProtocolParameterNotVerified", "CallbackNotSigned", "VerifierNotSigned"],
        properties: ["signature-base-string/every-change-shows"],
      },
    ],
    [
      "",
      "It includes the parameters of a form body that meets section 3.4.1.3.",
      {
        vectors: ["request-verification/tampered-form-value"],
        flags: ["FormNotVerified", "FormNotSigned"],
        properties: ["signature-base-string/query-or-form"],
        probes: ["tampered-form"],
      },
    ],
    [
      "",
      "It includes neither other bodies nor most header fields.",
      {
        vectors: ["request-verification/json-changed", "request-verification/other-fields"],
        flags: ["OtherFieldRead"],
      },
    ],
  ]),
  section("3.4.1.1", "String Construction", "MUST", [
    [
      "",
      "The first element is the HTTP method in upper case.",
      {
        vectors: ["signature-base-string/method-put", "signature-base-string/method-post-mixed"],
        flags: ["MethodCase"],
        properties: ["signature-base-string/method-case"],
      },
    ],
    [
      "MUST",
      "A custom method is encoded.",
      {
        vectors: [
          "signature-base-string/method-exclamation-mark",
          "signature-base-string/method-ampersand",
        ],
        flags: ["MethodNotEncoded", "MethodUnchecked"],
      },
    ],
    [
      "",
      "An ampersand follows the method.",
      {
        vectors: ["signature-base-string/rfc-example"],
        properties: ["signature-base-string/three-elements"],
      },
    ],
    [
      "",
      "The next element is the base string URI, encoded.",
      {
        vectors: ["signature-base-string/uri-port-8080", "signature-base-string/uri-escaped-tilde"],
        flags: ["EncodedOnce"],
        properties: ["signature-base-string/by-parts"],
      },
    ],
    [
      "",
      "An ampersand follows the base string URI.",
      {
        vectors: ["signature-base-string/no-parameters"],
        flags: ["AmpersandLost"],
        properties: ["signature-base-string/three-elements"],
      },
    ],
    [
      "",
      "The last element is the normalized parameters, encoded.",
      {
        vectors: ["signature-base-string/query-encoded-twice"],
        flags: ["EncodedOnce"],
        properties: ["signature-base-string/by-parts"],
      },
    ],
  ]),
  section("3.4.1.2", "Base String URI", "MUST, MUST, MUST, MUST, MUST, MUST", [
    [
      "",
      "The base string URI is an http or https URI with the scheme, the authority and the path of the request.",
      {
        vectors: ["base-string-uri/plain", "base-string-uri/scheme-ftp"],
        flags: ["NotHttpAccepted", "RelativeAccepted", "EmptyHostAccepted", "SchemeNotVerified"],
        properties: ["base-string-uri/by-parts", "base-string-uri/idempotent"],
      },
    ],
    [
      "",
      "The path is included as it is sent.",
      {
        vectors: [
          "base-string-uri/path-escaped-slash-lower",
          "base-string-uri/host-capitals-path-kept",
        ],
        flags: [
          "PathLowerCased",
          "PathDecoded",
          "PathEncodedAgain",
          "PathNormalized",
          "PathParametersLost",
          "DotSegmentsRemoved",
          "TrailingSlashAdded",
          "TrailingSlashDropped",
          "EmptyPathKept",
        ],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "",
      "The query and the fragment are not included.",
      {
        vectors: ["base-string-uri/query-dropped", "base-string-uri/fragment-dropped"],
        flags: ["QueryKept", "FragmentKept"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "Scheme and host are in lower case.",
      {
        vectors: ["base-string-uri/scheme-capitals", "base-string-uri/host-capitals"],
        flags: ["SchemeCase", "HostCase"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "Host and port are those of the Host header field.",
      {
        vectors: ["base-string-uri/host-ipv4-short", "base-string-uri/userinfo-dropped"],
        flags: ["UserinfoKept", "HostRewritten", "AuthorityMisread", "HostNotVerified"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "A port that is not the scheme's default is included.",
      {
        vectors: ["base-string-uri/rfc-https", "base-string-uri/port-http-8080"],
        flags: ["PortDropped", "PortNotVerified"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "The scheme's default port is not included.",
      {
        vectors: ["base-string-uri/rfc-http", "base-string-uri/port-default-no-path"],
        flags: ["DefaultPortKept"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "Port 80 is not included with http, nor port 443 with https.",
      {
        vectors: ["base-string-uri/port-http-80", "base-string-uri/port-https-443"],
        flags: ["DefaultPortKept"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
    [
      "MUST",
      "Every other port is included.",
      {
        vectors: ["base-string-uri/port-http-443", "base-string-uri/port-https-80"],
        flags: ["ForeignPortDropped", "PortDropped"],
        properties: ["base-string-uri/by-parts"],
      },
    ],
  ]),
  section("3.4.1.3", "Request Parameters", "", [
    [
      "",
      "All parameters are decoded first.",
      {
        vectors: [
          "parameter-collection/query-escaped-space",
          "signature-base-string/query-lower-case-hex",
        ],
        flags: ["DoubleEncoded", "LowerCaseHexRejected"],
        properties: [
          "percent-decoding/any-spelling",
          "percent-encoding-normalization/any-spelling",
          "percent-encoding-normalization/idempotent",
        ],
        probes: ["lower-case-escapes"],
      },
    ],
    [
      "",
      "They are then encoded again, sorted and joined to one string, whatever their first encoding was.",
      {
        vectors: [
          "parameter-normalization/rfc-example",
          "request-verification/escapes-of-unreserved",
        ],
        properties: ["signature-base-string/by-parts"],
        probes: ["unreserved-escapes"],
      },
    ],
  ]),
  section("3.4.1.3.1", "Parameter Sources", "MUST, MUST, MUST", [
    [
      "",
      "The parameters of the query are collected.",
      {
        vectors: ["parameter-collection/rfc-query", "parameter-collection/query-realm"],
        flags: ["QueryNotSigned", "RealmQueryDropped"],
        properties: ["parameter-collection/three-sources"],
      },
    ],
    [
      "",
      "The query is read as a form: separated into names and values, then decoded.",
      {
        vectors: [
          "parameter-collection/query-second-equals",
          "parameter-collection/query-escaped-ampersand",
        ],
        flags: [
          "NameWithoutEqualsDropped",
          "EmptyNameDropped",
          "SplitAtSecondEquals",
          "SemicolonSplit",
          "DecodedBeforeSplit",
          "DoubleDecoded",
        ],
        properties: ["parameter-collection/three-sources", "signature-base-string/octets-survive"],
        probes: ["query-spelling"],
      },
    ],
    [
      "",
      "The parameters of the OAuth Authorization header field are collected.",
      {
        vectors: ["parameter-collection/rfc-header", "parameter-collection/header-extension"],
        flags: ["OtherSchemeRead", "ExtensionDropped"],
        properties: ["parameter-collection/three-sources"],
      },
    ],
    [
      "",
      "Its realm is not collected.",
      {
        vectors: [
          "parameter-collection/header-realm-last",
          "request-verification/realm-was-signed",
        ],
        flags: ["RealmSigned"],
        properties: [
          "signature-base-string/realm-not-signed",
          "parameter-collection/three-sources",
        ],
      },
    ],
    [
      "",
      "Its values are decoded by section 3.5.1.",
      {
        vectors: ["parameter-collection/header-decoded", "parameter-collection/header-plus"],
        flags: ["NotPercentDecoded", "PlusDecoded"],
        properties: ["parameter-collection/three-sources"],
      },
    ],
    [
      "",
      "The parameters of a body are collected if it meets all three conditions.",
      {
        vectors: ["parameter-collection/form-put", "request-verification/form-delete"],
        flags: ["FormNotSigned", "BodyNotCollected"],
        properties: ["parameter-collection/three-sources", "signature-base-string/query-or-form"],
      },
    ],
    [
      "",
      "First condition: it has a single part.",
      {
        vectors: ["parameter-collection/content-type-multipart", "request-verification/multipart"],
        flags: ["BodySignedAsForm"],
      },
    ],
    [
      "",
      "Second condition: it is encoded as a form.",
      {
        vectors: [
          "parameter-collection/form-broken-escape",
          "request-verification/broken-escape-form",
        ],
        flags: ["BrokenEscape"],
      },
    ],
    [
      "",
      "Third condition: its Content-Type is `application/x-www-form-urlencoded`.",
      {
        vectors: [
          "parameter-collection/content-type-json-form-like",
          "request-verification/form-content-type-capitals",
        ],
        flags: ["BodySignedAsForm", "ContentTypeCase"],
      },
    ],
    [
      "",
      "Such a body is read as a form, as the query is.",
      {
        vectors: ["parameter-collection/form-second-equals", "parameter-collection/form-no-equals"],
        flags: ["NameWithoutEqualsDropped", "SplitAtSecondEquals"],
        properties: ["parameter-collection/three-sources"],
      },
    ],
    [
      "MUST",
      "`oauth_signature` is not part of the base string.",
      {
        vectors: [
          "signature-base-string/query-signature",
          "signature-base-string/query-signature-lookalikes",
        ],
        flags: ["SignatureSigned", "SignatureLikeDropped"],
        properties: ["signature-base-string/signature-not-signed"],
      },
    ],
    [
      "MUST",
      "A parameter that the request does not have is not part of the base string.",
      {
        vectors: ["signature-base-string/version-absent", "signature-base-string/token-empty"],
        flags: ["VersionAlwaysSigned", "EmptyTokenAdded", "EmptyTokenOmitted"],
        properties: ["sign/verifies"],
      },
    ],
    [
      "MUST",
      "A plus in a form-encoded name or value is decoded to a space.",
      {
        vectors: ["parameter-collection/form-plus", "request-verification/form-plus"],
        flags: ["PlusKept"],
        properties: ["percent-encoding-normalization/any-spelling"],
        probes: ["plus-in-query"],
      },
    ],
  ]),
  section("3.4.1.3.2", "Parameters Normalization", "", [
    [
      "",
      "Each name and each value is encoded.",
      {
        vectors: ["parameter-normalization/separators", "parameter-normalization/utf8"],
        flags: ["DecodedSort"],
        properties: ["parameter-normalization/sorted-octets"],
      },
    ],
    [
      "",
      "The parameters are sorted by the octets of their names, in ascending order.",
      {
        vectors: [
          "parameter-normalization/capitals-before-small",
          "parameter-normalization/joined-hyphen",
        ],
        flags: ["Unsorted", "JoinedSort", "CaseInsensitiveSort", "CodeUnitSort", "NumericSort"],
        properties: [
          "parameter-normalization/sorted-octets",
          "parameter-normalization/order-free",
          "signature-base-string/order-free",
        ],
        probes: ["order"],
      },
    ],
    [
      "",
      "Parameters with the same name are sorted by their values.",
      {
        vectors: ["parameter-normalization/values-sorted", "parameter-normalization/values-prefix"],
        flags: ["UnsortedValues"],
        properties: ["parameter-normalization/sorted-octets"],
      },
    ],
    [
      "",
      "An equals sign joins each name and its value, even if the value is empty.",
      {
        vectors: ["parameter-normalization/empty-value", "parameter-normalization/empty-both"],
        flags: ["EmptyValueDropped", "FalsyDropped"],
        properties: ["parameter-normalization/sorted-octets"],
      },
    ],
    [
      "",
      "Ampersands join all pairs in their order, duplicates included.",
      {
        vectors: [
          "parameter-normalization/duplicate-pair",
          "signature-base-string/query-duplicates",
        ],
        flags: ["DuplicateDropped", "ObjectMap"],
        properties: [
          "parameter-normalization/duplicates-kept",
          "signature-base-string/duplicates-kept",
        ],
      },
    ],
  ]),
  section("3.4.2", "HMAC-SHA1", "MUST", [
    [
      "",
      "The algorithm is HMAC-SHA1 by RFC 2104.",
      {
        vectors: ["hmac-sha1/key-64", "hmac-sha1/key-65"],
        flags: ["LongKeyNotHashed", "BlockSize", "HashPadding", "HashDowngrade"],
        properties: ["hmac-sha1/by-node-crypto", "signature/hmac-by-node-crypto"],
      },
    ],
    [
      "",
      "Its text is the signature base string.",
      {
        vectors: ["hmac-sha1/rfc-erratum-2550", "sign/rfc-3-1"],
        flags: ["WrongSignatureAccepted"],
        properties: ["hmac-sha1/by-node-crypto", "sign/by-parts"],
      },
    ],
    [
      "",
      "Its key begins with the client shared-secret, encoded.",
      {
        vectors: ["hmac-sha1/secret-ampersand-client", "sign/secrets-reserved"],
        flags: ["SecretNotEncoded", "SecretsSwapped"],
        properties: ["hmac-sha1/by-node-crypto"],
        mutants: ["secrets-lower-cased"],
      },
    ],
    [
      "MUST",
      "An ampersand follows, even if a secret is empty.",
      {
        vectors: ["hmac-sha1/token-secret-empty", "hmac-sha1/secrets-empty"],
        flags: ["MissingAmpersandWithoutToken"],
        properties: ["hmac-sha1/by-node-crypto"],
      },
    ],
    [
      "",
      "The token shared-secret follows, encoded.",
      {
        vectors: ["hmac-sha1/secrets-order-a", "hmac-sha1/secrets-order-b"],
        flags: ["TokenSecretIgnored", "SecretsSwapped", "SecretNotEncoded"],
        properties: ["hmac-sha1/by-node-crypto"],
      },
    ],
    [
      "",
      "The digest in base64 is the value of `oauth_signature`.",
      {
        vectors: [
          "hmac-sha1/signature-plus-and-slash",
          "request-verification/signature-hexadecimal",
        ],
        flags: ["Base64Url", "LooseBase64"],
        properties: ["hmac-sha1/by-node-crypto"],
        mutants: ["hexadecimal-digest", "padding-dropped"],
      },
    ],
  ]),
  section("3.4.3", "RSA-SHA1", "MUST", [
    [
      "",
      "The algorithm is RSASSA-PKCS1-v1_5 with SHA-1.",
      {
        vectors: ["signature/rsa-sha1-wiki", "signature-verification/rsa-sha1-pss"],
        flags: ["RsaPadding", "HashDowngrade"],
        properties: ["signature/rsa-by-node-crypto"],
      },
    ],
    [
      "MUST",
      "The client has given its RSA public key to the server before.",
      "How it does so is out of scope. The suite gives each verifier the key.",
    ],
    [
      "",
      "The key is the client's RSA private key, without any secret.",
      {
        vectors: ["signature/rsa-sha1-secrets", "sign/rsa-sha1"],
        flags: ["SecretsInRsa", "KeyForm"],
        properties: ["signature/rsa-by-node-crypto"],
      },
    ],
    [
      "",
      "The message is the signature base string.",
      {
        vectors: ["signature/rsa-sha1-rfc-request", "signature/rsa-sha1-empty-base-string"],
        properties: ["signature/rsa-by-node-crypto"],
      },
    ],
    [
      "",
      "The signature in base64 is the value of `oauth_signature`.",
      {
        vectors: ["sign/rsa-sha1-wiki", "signature-verification/rsa-sha1-no-padding"],
        properties: ["signature/rsa-by-node-crypto"],
      },
    ],
    [
      "",
      "The server verifies with the client's RSA public key.",
      {
        vectors: [
          "signature-verification/rsa-sha1-public-key",
          "signature-verification/rsa-sha1-other-key",
        ],
        flags: ["KeyForm", "MethodConfusion"],
        properties: ["signature-verification/right-signature"],
      },
    ],
    [
      "",
      "The server verifies over the signature base string.",
      {
        vectors: [
          "signature-verification/rsa-sha1-other-text",
          "request-verification/rsa-sha1-header-tampered",
        ],
        flags: ["WrongSignatureAccepted"],
      },
    ],
    [
      "",
      "The server verifies the octets that `oauth_signature` decodes to.",
      {
        vectors: [
          "signature-verification/rsa-sha1-bit",
          "signature-verification/rsa-sha1-truncated",
        ],
        flags: ["PrefixAccepted"],
        properties: ["signature-verification/changed-octet"],
      },
    ],
  ]),
  section("3.4.4", "PLAINTEXT", "MUST, MUST", [
    [
      "MUST",
      "PLAINTEXT is used over TLS or an equally protected channel.",
      "The suite asks for the parts of a request, not for a connection.",
    ],
    [
      "",
      "It uses neither the base string nor timestamp and nonce.",
      {
        vectors: [
          "signature/plaintext-empty-base-string",
          "request-verification/plaintext-query-tampered",
        ],
        flags: ["PlaintextHashed", "PlaintextNonceRequired"],
        properties: ["signature/plaintext-by-parts"],
      },
    ],
    [
      "",
      "`oauth_signature` begins with the client shared-secret, encoded.",
      {
        vectors: ["signature/plaintext-core-dollar", "signature/plaintext-reserved"],
        flags: ["PlaintextEncodedTwice", "SecretNotEncoded"],
        properties: ["signature/plaintext-by-parts"],
      },
    ],
    [
      "MUST",
      "An ampersand follows, even if a secret is empty.",
      {
        vectors: [
          "signature/plaintext-empty",
          "signature-verification/plaintext-without-ampersand",
        ],
        flags: ["MissingAmpersandWithoutToken"],
        properties: ["signature/plaintext-by-parts"],
      },
    ],
    [
      "",
      "The token shared-secret follows, encoded.",
      {
        vectors: ["signature/plaintext-core-token", "signature-verification/plaintext-swapped"],
        flags: ["SecretsSwapped", "SecretNotEncoded"],
        properties: ["signature/plaintext-by-parts"],
      },
    ],
  ]),
  section("3.5", "Parameter Transmission", "SHALL, MAY", [
    [
      "SHALL",
      "All parameters with the prefix `oauth_` are in one place of the request only.",
      {
        vectors: [
          "request-verification/two-places-header-and-query",
          "request-verification/requestor-id",
        ],
        flags: ["TwoTransmissionsAccepted"],
        probes: ["two-places"],
      },
    ],
    [
      "",
      "The places are the Authorization header field, the body and the query.",
      {
        vectors: [
          "request-verification/hmac-sha1-header",
          "request-verification/hmac-sha1-form-body",
          "request-verification/hmac-sha1-query",
        ],
        flags: ["FormTransmission", "QueryTransmission"],
        properties: ["sign/transmission-not-signed"],
      },
    ],
    [
      "",
      "Clients prefer them in this order.",
      "It guides the choice of a client. The suite says which place to use.",
    ],
    ["MAY", "Extensions can define other places.", "The suite knows of no such extension."],
  ]),
  section("3.5.1", "Authorization Header", "SHALL, MAY, OPTIONAL, OPTIONAL, MAY, MAY, MAY", [
    [
      "",
      "The auth-scheme is `OAuth`, in any case of letters.",
      {
        vectors: [
          "request-verification/scheme-capitals",
          "authorization-header-parsing/scheme-oauth2",
        ],
        flags: ["AuthSchemeCase", "WrongSchemeAccepted"],
        properties: ["authorization-header-parsing/by-grammar"],
        probes: ["scheme-case"],
      },
    ],
    [
      "SHALL",
      "Names and values of protocol parameters are encoded.",
      {
        vectors: [
          "authorization-header-serialization/name-encoded",
          "authorization-header-parsing/value-decoded",
        ],
        flags: ["NotPercentDecoded", "SignatureNotDecoded", "HeaderInjection", "BrokenEscape"],
        properties: [
          "authorization-header-parsing/there-and-back",
          "authorization-header-serialization/one-line",
        ],
      },
    ],
    [
      "MAY",
      "An equals sign and the value in double quotes follow the name. The value can be empty.",
      {
        vectors: [
          "authorization-header-parsing/value-empty",
          "authorization-header-parsing/unterminated",
        ],
        flags: ["UnquotedAccepted", "UnterminatedAccepted", "QuotedComma", "JunkAccepted"],
        properties: [
          "authorization-header-parsing/by-grammar",
          "authorization-header-parsing/typed-errors",
        ],
      },
    ],
    [
      "OPTIONAL",
      "A comma separates parameters. White space around it is optional.",
      {
        vectors: [
          "request-verification/white-space-none",
          "request-verification/white-space-folded",
        ],
        flags: ["OptionalWhitespace", "FoldedLine", "EmptyElement", "ParameterOrder"],
        properties: ["authorization-header-parsing/by-grammar"],
        probes: ["white-space"],
      },
    ],
    [
      "OPTIONAL, MAY",
      "A client can add a realm, a quoted-string by RFC 2617.",
      {
        vectors: ["request-verification/realm-quoted-pair", "sign/realm-quote"],
        flags: ["RealmLost", "RealmEncoded", "RealmDecoded", "QuotedPair"],
        properties: ["authorization-header-parsing/there-and-back"],
        probes: ["realm-first", "realm-last"],
      },
    ],
    [
      "MAY",
      "A server can announce the scheme in a WWW-Authenticate header field.",
      {
        vectors: ["challenge-serialization/rfc-challenge", "challenge-parsing/rfc-challenge"],
        properties: ["challenge-parsing/there-and-back", "challenge-serialization/one-line"],
      },
    ],
    [
      "MAY",
      "Such a response can have other challenges.",
      {
        vectors: ["challenge-parsing/after-basic", "challenge-parsing/before-basic"],
        flags: ["OtherChallengeMixed"],
        properties: ["challenge-parsing/among-others", "challenge-parsing/typed-errors"],
      },
    ],
    [
      "",
      "The realm of a challenge defines a protection realm by RFC 2617.",
      {
        vectors: ["challenge-parsing/realm-quoted-pairs", "challenge-parsing/realm-empty"],
        properties: ["challenge-parsing/there-and-back"],
      },
    ],
  ]),
  section("3.5.2", "Form-Encoded Body", "REQUIRED, MAY, SHOULD", [
    [
      "REQUIRED",
      "Protocol parameters can be in a body that meets all three conditions, and in no other.",
      {
        vectors: [
          "sign/transmission-form-body",
          "request-verification/hmac-sha1-form-body",
          "request-verification/form-body-as-text",
        ],
        flags: ["FormTransmission"],
        properties: ["sign/by-parts"],
        probes: ["form-transmission"],
      },
    ],
    [
      "",
      "First condition: the body has a single part.",
      { vectors: ["request-verification/form-body-as-multipart"] },
    ],
    [
      "",
      "Second condition: it is encoded as a form.",
      {
        vectors: ["request-verification/form-body-as-json", "sign/rsa-sha256-form-body"],
        properties: ["sign/by-parts"],
      },
    ],
    [
      "",
      "Third condition: its Content-Type is `application/x-www-form-urlencoded`.",
      {
        vectors: ["request-verification/form-body-as-text"],
        flags: ["BodySignedAsForm", "ContentTypeCase"],
      },
    ],
    [
      "MAY",
      "The body can have other parameters.",
      {
        vectors: ["sign/transmission-form-body", "request-verification/tampered-form-body"],
        properties: ["sign/by-parts"],
      },
    ],
    [
      "SHOULD",
      "The protocol parameters follow the others, after an ampersand.",
      {
        vectors: ["sign/transmission-form-body", "sign/transmission-form-body-empty-form"],
        properties: ["sign/by-parts"],
      },
    ],
  ]),
  section("3.5.3", "Request URI Query", "MAY, SHOULD", [
    [
      "",
      "Protocol parameters can be in the query.",
      {
        vectors: ["sign/transmission-query", "request-verification/hmac-sha1-query"],
        flags: ["QueryTransmission"],
        properties: ["sign/by-parts"],
        probes: ["query-transmission"],
      },
    ],
    [
      "MAY",
      "The query can have other parameters.",
      {
        vectors: ["sign/transmission-query-with-query", "sign/hmac-sha256-query"],
        properties: ["sign/by-parts"],
      },
    ],
    [
      "SHOULD",
      "The protocol parameters follow the others, after an ampersand.",
      {
        vectors: [
          "sign/transmission-query-with-query",
          "sign/transmission-query-value-question-mark",
        ],
        properties: ["sign/by-parts"],
      },
    ],
  ]),
  section("3.6", "Percent Encoding", "MUST NOT, MUST, MUST, MAY", [
    [
      "",
      "This encoding is for the base string and the Authorization header field only.",
      {
        vectors: [
          "request-verification/escapes-of-unreserved",
          "request-verification/query-lower-case-escapes",
        ],
        flags: ["LowerCaseHexRejected", "PlusDecoded"],
        properties: ["percent-encoding-normalization/literal-plus"],
      },
    ],
    [
      "",
      "Text is encoded as UTF-8 first.",
      {
        vectors: ["percent-encoding/emoji", "sign/form-utf8"],
        flags: [
          "Latin1Octets",
          "NonBmp",
          "UnicodeNormalized",
          "BomDropped",
          "LoneSurrogate",
          "ControlDropped",
          "WhitespaceTrimmed",
          "InvalidUtf8Accepted",
        ],
        properties: ["percent-encoding/text-by-table", "percent-decoding/text-there-and-back"],
      },
    ],
    [
      "",
      "Binary values are not.",
      {
        vectors: ["percent-encoding/octets-ff", "percent-encoding/octets-overlong"],
        flags: ["NonUtf8Lost"],
        properties: ["percent-encoding/octets-by-table", "percent-decoding/octets-there-and-back"],
      },
    ],
    [
      "MUST NOT",
      "Letters, digits and `-`, `.`, `_`, `~` are not escaped.",
      {
        vectors: ["percent-encoding/all-unreserved", "percent-encoding/unreserved-tilde"],
        flags: ["UnreservedEncoded"],
        properties: ["percent-encoding/text-by-table", "percent-encoding/alphabet"],
      },
    ],
    [
      "MUST",
      "All other characters are escaped.",
      {
        vectors: ["percent-encoding/reserved-asterisk", "percent-encoding/already-encoded-space"],
        flags: ["ReservedUnencoded", "EncodedTextKept"],
        properties: ["percent-encoding/text-by-table", "percent-encoding/alphabet"],
      },
    ],
    [
      "MUST",
      "The hexadecimal digits of an escape are in upper case.",
      {
        vectors: ["percent-encoding/ideographic-comma", "percent-encoding/octets-all"],
        flags: ["LowerCaseHex"],
        properties: ["percent-encoding/alphabet"],
      },
    ],
    [
      "",
      "It is not form encoding: a space becomes `%20`.",
      {
        vectors: ["percent-encoding/space", "percent-encoding/form-encoded-text"],
        flags: ["SpaceAsPlus"],
        properties: ["percent-encoding/text-by-table"],
      },
    ],
    [
      "MAY",
      "It can differ from the function of a framework.",
      {
        vectors: ["sign/form-values", "parameter-normalization/reserved-left-by-frameworks"],
        flags: ["ReservedUnencoded", "LowerCaseHex"],
        properties: ["percent-encoding/text-by-table"],
      },
    ],
  ]),
];
