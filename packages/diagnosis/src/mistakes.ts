/** A known mistake of signers, in words. */
export interface Mistake {
  /** The section of RFC 5849 whose rule is broken. */
  readonly section: string;
  /** What the signer does: completes "Your client …". */
  readonly did: string;
  /** The smallest change that corrects it: an instruction that follows a colon. */
  readonly change: string;
}

/** The name of a known mistake. */
export type MistakeName =
  | "SpaceAsPlus"
  | "ReservedUnencoded"
  | "UnreservedEncoded"
  | "LowerCaseHex"
  | "DoubleEncoded"
  | "EncodedOnce"
  | "SlashUnencoded"
  | "Latin1Octets"
  | "NonBmp"
  | "NonUtf8Lost"
  | "ElementsNotEncoded"
  | "CallbackEncodedTwice"
  | "QueryNotSigned"
  | "QuerySignedTwice"
  | "FormNotSigned"
  | "BodySignedAsForm"
  | "DuplicateDropped"
  | "DuplicatesJoined"
  | "BracketsAdded"
  | "DecodedSort"
  | "JoinedSort"
  | "CaseInsensitiveSort"
  | "UnsortedValues"
  | "Unsorted"
  | "EmptyValueDropped"
  | "EmptyTokenAdded"
  | "EmptyTokenOmitted"
  | "VersionNotSigned"
  | "VersionAlwaysSigned"
  | "RealmSigned"
  | "SignatureSigned"
  | "CallbackNotSigned"
  | "VerifierNotSigned"
  | "BodyHashNotSigned"
  | "PlusKept"
  | "NameWithoutEqualsDropped"
  | "SplitAtSecondEquals"
  | "QueryKept"
  | "FragmentKept"
  | "DefaultPortKept"
  | "PortDropped"
  | "HostCase"
  | "SchemeCase"
  | "SchemeSwapped"
  | "EmptyPathKept"
  | "TrailingSlashAdded"
  | "TrailingSlashDropped"
  | "PathDecoded"
  | "PathEncodedAgain"
  | "PathLowerCased"
  | "PathParametersLost"
  | "DotSegmentsRemoved"
  | "BasePathDropped"
  | "UserinfoKept"
  | "HostReplaced"
  | "MethodCase"
  | "MethodOverridden"
  | "MissingAmpersandWithoutToken"
  | "SecretNotEncoded"
  | "SecretEncodedTwice"
  | "SecretsSwapped"
  | "TokenSecretMissing"
  | "ClientSecretMissing"
  | "SecretWhitespace"
  | "HexDigest"
  | "HexInBase64"
  | "Base64Url"
  | "Base64Unpadded"
  | "SignatureNotEncoded"
  | "SignatureEncodedTwice"
  | "WrongHash";

/**
 * The known mistakes of signers that can be recognized from a signature. Their names are
 * identifiers: in code, in test vectors, in reports and in the conformance protocol.
 *
 * @see RFC 5849 §3.4, §3.5, §3.6
 *
 * @example
 * ```ts
 * mistakes.SpaceAsPlus.section; // "§3.6"
 * ```
 */
export const mistakes: Readonly<Record<MistakeName, Mistake>> = {
  SpaceAsPlus: mistake(
    "§3.6",
    'encodes a space as "+"',
    'write "%20" for the "+" in your encoder\'s output',
  ),
  ReservedUnencoded: mistake(
    "§3.6",
    "does not encode reserved characters such as ! ' ( ) *",
    "encode every character but A-Z a-z 0-9 - . _ ~, which encodeURIComponent and its like do not",
  ),
  UnreservedEncoded: mistake(
    "§3.6",
    "encodes unreserved characters such as ~",
    'write "~" for "%7E" in your encoder\'s output, and likewise - . _',
  ),
  LowerCaseHex: mistake(
    "§3.6",
    "writes escapes in lower case, such as %2f",
    "convert your encoder's escapes to upper case",
  ),
  DoubleEncoded: mistake(
    "§3.4.1.3.2",
    "encodes names and values once too often",
    "decode what is encoded already before you encode it",
  ),
  EncodedOnce: mistake(
    "§3.4.1.3.2",
    "does not encode names and values before it joins them",
    "encode each name and value, join them, and encode the result again",
  ),
  SlashUnencoded: mistake(
    "§3.6",
    'does not encode "/"',
    'encode it as "%2F": in Python, call quote(text, safe="")',
  ),
  Latin1Octets: mistake(
    "§3.6",
    "encodes characters as octets of ISO-8859-1",
    "convert text to UTF-8 before you percent-encode it",
  ),
  NonBmp: mistake(
    "§3.6",
    "loses or misspells characters above U+FFFF, such as emoji",
    "encode whole code points, not the halves of surrogate pairs",
  ),
  NonUtf8Lost: mistake(
    "§3.4.1.3.1",
    "replaces octets that are not UTF-8 by U+FFFD",
    "decode and encode octets, not text",
  ),
  ElementsNotEncoded: mistake(
    "§3.4.1.1",
    "does not encode the elements of the base string",
    'encode the base string URI and the normalized parameters before you join them with "&"',
  ),
  CallbackEncodedTwice: mistake(
    "§3.4.1.3.2",
    "encodes oauth_callback once more when it signs it or when it sends it",
    "pass the callback URL to your library unencoded",
  ),

  QueryNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign the parameters of the query",
    "add them to the parameters that you sign",
  ),
  QuerySignedTwice: mistake(
    "§3.4.1.3.1",
    "signs the parameters of the query twice",
    "pass them to your library in the URL or as parameters, not both",
  ),
  FormNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign the parameters of the form body",
    "add them to the parameters that you sign",
  ),
  BodySignedAsForm: mistake(
    "§3.4.1.3.1",
    "signs a body that is not a form as if it were one",
    "do not pass the body to your library as parameters, or send it as a form",
  ),
  DuplicateDropped: mistake(
    "§3.4.1.3.2",
    "signs only one of the parameters that share a name",
    "keep parameters in a list of pairs, not in a map",
  ),
  DuplicatesJoined: mistake(
    "§3.4.1.3.2",
    "joins the values of parameters that share a name with a comma",
    "sign each of them as a parameter of its own",
  ),
  BracketsAdded: mistake(
    "§3.4.1.3.2",
    'signs names that occur more than once with "[]"',
    "sign names as they are sent",
  ),
  DecodedSort: mistake(
    "§3.4.1.3.2",
    "sorts parameters before it encodes them",
    "encode names and values before you sort",
  ),
  JoinedSort: mistake(
    "§3.4.1.3.2",
    'sorts parameters as "name=value"',
    "compare names first, and values where names are equal",
  ),
  CaseInsensitiveSort: mistake(
    "§3.4.1.3.2",
    "sorts without regard to case, or as a dictionary does",
    "compare octets, so that upper case comes before lower case",
  ),
  UnsortedValues: mistake(
    "§3.4.1.3.2",
    "does not sort parameters that share a name by value",
    "compare values where names are equal",
  ),
  Unsorted: mistake(
    "§3.4.1.3.2",
    "does not sort all parameters together",
    "collect those of header, query and body in one list before you sort it",
  ),
  EmptyValueDropped: mistake(
    "§3.4.1.3.2",
    'loses parameters with an empty value, or their "="',
    'sign them as "name="',
  ),
  EmptyTokenAdded: mistake(
    "§3.4.1.3.1",
    "signs an empty oauth_token and does not send it",
    "omit oauth_token from what you sign if there is no token",
  ),
  EmptyTokenOmitted: mistake(
    "§3.4.1.3.1",
    "sends an empty oauth_token and does not sign it",
    "omit an empty oauth_token from the request, or sign it",
  ),
  VersionNotSigned: mistake(
    "§3.4.1.3.1",
    "sends oauth_version and does not sign it",
    "sign it, or do not send it",
  ),
  VersionAlwaysSigned: mistake(
    "§3.4.1.3.1",
    "signs oauth_version and does not send it",
    "send it, or do not sign it",
  ),
  RealmSigned: mistake("§3.4.1.3.1", "signs realm", "exclude realm from what you sign"),
  SignatureSigned: mistake(
    "§3.4.1.3.1",
    "signs an empty oauth_signature",
    "exclude oauth_signature from what you sign",
  ),
  CallbackNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_callback",
    "add it to the parameters before you sign",
  ),
  VerifierNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_verifier",
    "add it to the parameters before you sign",
  ),
  BodyHashNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_body_hash",
    "add it to the parameters before you sign",
  ),
  PlusKept: mistake(
    "§3.4.1.3.1",
    'signs the query or the form before "+" is decoded',
    'send "%20", or decode "+" as a space',
  ),
  NameWithoutEqualsDropped: mistake(
    "§3.4.1.3.1",
    'loses parameters without "="',
    'send "name=", or sign a name without "=" with an empty value',
  ),
  SplitAtSecondEquals: mistake(
    "§3.4.1.3.1",
    'splits a parameter at another "=" than the first',
    'send "%3D" in values, or split at the first "=" only',
  ),

  QueryKept: mistake(
    "§3.4.1.2",
    "keeps the query in the base string URI",
    'cut the URL at its "?"',
  ),
  FragmentKept: mistake(
    "§3.4.1.2",
    "keeps the fragment in the base string URI",
    'cut the URL at its "#"',
  ),
  DefaultPortKept: mistake(
    "§3.4.1.2",
    "keeps the default port in the base string URI",
    'remove ":80" from http URLs and ":443" from https URLs',
  ),
  PortDropped: mistake(
    "§3.4.1.2",
    "omits the port from the base string URI",
    "sign the port that the Host header names",
  ),
  HostCase: mistake("§3.4.1.2", "signs the host with capital letters", "convert it to lower case"),
  SchemeCase: mistake(
    "§3.4.1.2",
    "signs the scheme with capital letters",
    "convert it to lower case",
  ),
  SchemeSwapped: mistake(
    "§3.4.1.2",
    "signs http where the request came by https, or the reverse",
    "sign the scheme that you send by, or tell a server behind a proxy its public scheme",
  ),
  EmptyPathKept: mistake("§3.4.1.2", "signs an empty path", 'sign it as "/"'),
  TrailingSlashAdded: mistake(
    "§3.4.1.2",
    'signs a "/" at the end of the path that it does not send',
    "sign and send the same URL",
  ),
  TrailingSlashDropped: mistake(
    "§3.4.1.2",
    'omits the "/" at the end of the path',
    "sign and send the same URL",
  ),
  PathDecoded: mistake(
    "§3.4.1.2",
    "decodes the path",
    "sign the path with its escapes, as it is sent",
  ),
  PathEncodedAgain: mistake(
    "§3.4.1.2",
    "encodes the path once more",
    "sign the path as it is sent",
  ),
  PathLowerCased: mistake(
    "§3.4.1.2",
    "converts the path to lower case",
    "convert only scheme and host",
  ),
  PathParametersLost: mistake(
    "§3.4.1.2",
    'loses what follows ";" in the path',
    'do not use a URL parser that splits the path at ";"',
  ),
  DotSegmentsRemoved: mistake(
    "§3.4.1.2",
    'normalizes the segments of the path, such as ".."',
    "sign and send the same path",
  ),
  BasePathDropped: mistake(
    "§3.4.1.2",
    "signs the path with another start, or without its first segment",
    "sign the whole path, or tell a server behind a gateway its public path",
  ),
  UserinfoKept: mistake(
    "§3.4.1.2",
    "keeps user name and password in the base string URI",
    'remove what precedes "@"',
  ),
  HostReplaced: mistake(
    "§3.4.1.2",
    "signs a host other than the one that it sends to",
    "sign the Host header, or tell a server behind a proxy its public host",
  ),

  MethodCase: mistake(
    "§3.4.1.1",
    "does not sign the method in upper case",
    "convert it to upper case",
  ),
  MethodOverridden: mistake(
    "§3.4.1.1",
    "signs a method other than the one that it sends",
    "pass the method that you send to your library",
  ),

  MissingAmpersandWithoutToken: mistake(
    "§3.4.2",
    'omits the "&" of the key if there is no token secret',
    'end the key with "&"',
  ),
  SecretNotEncoded: mistake(
    "§3.4.2",
    "does not encode the secrets in the key",
    "encode each secret before you join them",
  ),
  SecretEncodedTwice: mistake(
    "§3.4.2",
    "encodes the secrets in the key twice",
    "pass the secrets to your library unencoded",
  ),
  SecretsSwapped: mistake(
    "§3.4.2",
    "puts the token secret before the client secret",
    "swap the two",
  ),
  TokenSecretMissing: mistake(
    "§3.4.2",
    "signs without the token secret",
    "pass the token secret to your library",
  ),
  ClientSecretMissing: mistake(
    "§3.4.2",
    "signs without the client secret",
    "pass the client secret to your library",
  ),
  SecretWhitespace: mistake(
    "§3.4.2",
    "signs with other white space around a secret than it was issued with",
    "trim secrets where you read them",
  ),

  HexDigest: mistake(
    "§3.4.2",
    "writes the signature in hexadecimal digits",
    "write the digest in base64",
  ),
  HexInBase64: mistake(
    "§3.4.2",
    "writes the base64 of hexadecimal digits",
    "ask your hash function for octets",
  ),
  Base64Url: mistake(
    "§3.4.2",
    'writes "-" and "_" for the "+" and "/" of base64',
    "use base64, not base64url",
  ),
  Base64Unpadded: mistake(
    "§3.4.2",
    'omits the "=" at the end of the signature',
    "keep the padding of base64",
  ),
  SignatureNotEncoded: mistake(
    "§3.5",
    'does not encode the signature when it sends it, so that "+" arrives as a space',
    "encode the value of oauth_signature",
  ),
  SignatureEncodedTwice: mistake(
    "§3.5",
    "encodes the signature twice when it sends it",
    "pass the signature to your library unencoded",
  ),
  WrongHash: mistake(
    "§3.4",
    "uses a hash function other than the one that oauth_signature_method names",
    "change oauth_signature_method, or the hash function",
  ),
};

function mistake(section: string, did: string, change: string): Mistake {
  return { section, did, change };
}
