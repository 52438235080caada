/** A known mistake of signers, in words. */
export interface Mistake {
  /** The section of RFC 5849 whose rule is broken. */
  readonly section: string;
  /** What the signer does: completes "Your client …". */
  readonly did: string;
  /** What it must do: completes "It must …". */
  readonly should: string;
  /** The smallest change, as an instruction. */
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
 * The known mistakes of signers that can be told from a signature. Their names are identifiers: in
 * code, in test vectors, in reports and in the conformance protocol.
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
    'encode a space as "%20"',
    'Replace every "+" in the output of your encoder with "%20" before you join the parameters.',
  ),
  ReservedUnencoded: mistake(
    "§3.6",
    "leaves reserved characters such as ! ' ( ) * unencoded",
    "encode every character but A-Z a-z 0-9 - . _ ~",
    "Encode ! ' ( ) * too, which encodeURIComponent and its like leave as they are.",
  ),
  UnreservedEncoded: mistake(
    "§3.6",
    "encodes unreserved characters such as ~",
    "leave A-Z a-z 0-9 - . _ ~ as they are",
    'Replace "%7E" in the output of your encoder with "~", and likewise "%2D", "%2E" and "%5F".',
  ),
  LowerCaseHex: mistake(
    "§3.6",
    "writes escapes in lower case, such as %2f",
    "write the hexadecimal digits of escapes in upper case",
    "Convert the escapes that your encoder writes to upper case.",
  ),
  DoubleEncoded: mistake(
    "§3.4.1.3.2",
    "encodes names and values once too often",
    "decode what is encoded already, and encode each name and value once before joining them",
    "Decode the parameters of the query and of the body before you encode them.",
  ),
  EncodedOnce: mistake(
    "§3.4.1.3.2",
    "does not encode names and values before it joins them",
    "encode each name and value, join them, and encode the result again",
    "Encode each name and value before you join them with = and &.",
  ),
  SlashUnencoded: mistake(
    "§3.6",
    'leaves "/" unencoded',
    'encode "/" as "%2F"',
    'Encode "/" too: in Python, call quote(text, safe="").',
  ),
  Latin1Octets: mistake(
    "§3.6",
    "encodes characters as octets of ISO-8859-1",
    "encode text as UTF-8 before it percent-encodes the octets",
    "Convert text to UTF-8 before you percent-encode it.",
  ),
  NonBmp: mistake(
    "§3.6",
    "loses or misspells characters above U+FFFF, such as emoji",
    "encode such a character as its four octets of UTF-8",
    "Encode whole code points, not the two halves of a surrogate pair.",
  ),
  ElementsNotEncoded: mistake(
    "§3.4.1.1",
    "joins method, URI and normalized parameters without encoding each of them",
    'encode each of the three elements before it joins them with "&"',
    "Encode the base string URI and the normalized parameters before you join them.",
  ),
  CallbackEncodedTwice: mistake(
    "§3.4.1.3.2",
    "encodes oauth_callback once more in one of the two places where it writes it",
    "sign the same value that it sends",
    "Pass the callback URL to your library unencoded.",
  ),

  QueryNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign the parameters of the query",
    "sign the parameters of the query",
    "Add the parameters of the URL's query to those that you sign.",
  ),
  QuerySignedTwice: mistake(
    "§3.4.1.3.1",
    "signs the parameters of the query twice",
    "sign each parameter of the query once",
    "Pass the query to your library in the URL or as parameters, not both.",
  ),
  FormNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign the parameters of the form body",
    "sign the parameters of a body whose Content-Type is application/x-www-form-urlencoded",
    "Add the parameters of the body to those that you sign.",
  ),
  BodySignedAsForm: mistake(
    "§3.4.1.3.1",
    "signs a body that is not a form as if it were one",
    "sign no parameters of a body whose Content-Type is not application/x-www-form-urlencoded",
    "Do not pass the body to your library as parameters, or send it as a form.",
  ),
  DuplicateDropped: mistake(
    "§3.4.1.3.2",
    "signs one value of a name that occurs more than once",
    "sign every occurrence of a name",
    "Keep parameters in a list of pairs, not in a map.",
  ),
  DuplicatesJoined: mistake(
    "§3.4.1.3.2",
    "joins the values of a name that occurs more than once with a comma",
    "sign every occurrence of a name as a parameter of its own",
    "Keep parameters in a list of pairs, and do not convert lists of values to text.",
  ),
  BracketsAdded: mistake(
    "§3.4.1.3.2",
    'adds "[]" to names that occur more than once',
    "sign names as they are sent",
    'Do not append "[]" to the names of lists, or send the names with it.',
  ),
  DecodedSort: mistake(
    "§3.4.1.3.2",
    "sorts the parameters before it encodes them",
    "encode names and values first, and sort them then",
    "Encode names and values before you sort.",
  ),
  JoinedSort: mistake(
    "§3.4.1.3.2",
    'sorts parameters as "name=value"',
    "sort by name, and compare values only where names are equal",
    "Compare names first, and values where the names are equal.",
  ),
  CaseInsensitiveSort: mistake(
    "§3.4.1.3.2",
    "sorts without regard to case, or as a dictionary does",
    "sort by the values of the octets, so that upper case comes before lower case",
    "Compare octets: do not use a comparison that ignores case or follows a locale.",
  ),
  UnsortedValues: mistake(
    "§3.4.1.3.2",
    "does not sort the values of a name that occurs more than once",
    "sort parameters of the same name by value",
    "Compare values where names are equal.",
  ),
  Unsorted: mistake(
    "§3.4.1.3.2",
    "does not sort all parameters together",
    "sort all parameters by name and value, wherever they come from",
    "Collect the parameters of header, query and body in one list before you sort it.",
  ),
  EmptyValueDropped: mistake(
    "§3.4.1.3.2",
    'loses parameters with an empty value, or writes them without "="',
    'sign a parameter with an empty value as "name="',
    "Do not filter out empty values.",
  ),
  EmptyTokenAdded: mistake(
    "§3.4.1.3.1",
    "signs an empty oauth_token and does not send it",
    "sign the parameters that it sends",
    "Omit oauth_token from what you sign where there is no token.",
  ),
  EmptyTokenOmitted: mistake(
    "§3.4.1.3.1",
    "sends an empty oauth_token and does not sign it",
    "sign the parameters that it sends",
    "Omit an empty oauth_token from the request, or sign it.",
  ),
  VersionNotSigned: mistake(
    "§3.4.1.3.1",
    "sends oauth_version and does not sign it",
    "sign the parameters that it sends",
    "Sign oauth_version, or do not send it.",
  ),
  VersionAlwaysSigned: mistake(
    "§3.4.1.3.1",
    "signs oauth_version and does not send it",
    "sign the parameters that it sends",
    "Send oauth_version, or do not sign it.",
  ),
  RealmSigned: mistake(
    "§3.4.1.3.1",
    "signs realm",
    "exclude realm from the signature",
    "Exclude realm from the parameters that you sign.",
  ),
  SignatureSigned: mistake(
    "§3.4.1.3.1",
    "signs an empty oauth_signature",
    "exclude oauth_signature from the signature",
    "Exclude oauth_signature from the parameters that you sign.",
  ),
  CallbackNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_callback",
    "sign the parameters that it sends",
    "Add oauth_callback to the parameters before you sign.",
  ),
  VerifierNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_verifier",
    "sign the parameters that it sends",
    "Add oauth_verifier to the parameters before you sign.",
  ),
  BodyHashNotSigned: mistake(
    "§3.4.1.3.1",
    "does not sign oauth_body_hash",
    "sign the parameters that it sends",
    "Add oauth_body_hash to the parameters before you sign.",
  ),
  PlusKept: mistake(
    "§3.4.1.3.1",
    'signs the query or the form without reading "+" as a space',
    'read "+" in a query or a form as a space',
    'Send "%20", or decode "+" as a space before you sign.',
  ),
  NameWithoutEqualsDropped: mistake(
    "§3.4.1.3.1",
    'loses a parameter that has no "="',
    'sign a name without "=" as a parameter with an empty value',
    'Send "name=", or read a name without "=" as a parameter with an empty value.',
  ),
  SplitAtSecondEquals: mistake(
    "§3.4.1.3.1",
    'splits a parameter at another "=" than the first',
    'split a parameter at its first "=" only',
    'Send "=" in values as "%3D", or split at the first "=" only.',
  ),

  QueryKept: mistake(
    "§3.4.1.2",
    "leaves the query in the base string URI",
    "remove the query from the base string URI",
    'Cut the URL at its "?" before you use it as the base string URI.',
  ),
  FragmentKept: mistake(
    "§3.4.1.2",
    "leaves the fragment in the base string URI",
    "remove the fragment from the base string URI",
    'Cut the URL at its "#" before you sign.',
  ),
  DefaultPortKept: mistake(
    "§3.4.1.2",
    "leaves the default port in the base string URI",
    "omit port 80 of http and port 443 of https",
    'Remove ":80" from http URLs and ":443" from https URLs before you sign.',
  ),
  PortDropped: mistake(
    "§3.4.1.2",
    "omits the port from the base string URI",
    "include a port that is not the default of its scheme",
    "Sign the port that is in the Host header.",
  ),
  HostCase: mistake(
    "§3.4.1.2",
    "signs the host with capital letters",
    "write the host in lower case",
    "Convert the host to lower case before you sign.",
  ),
  SchemeCase: mistake(
    "§3.4.1.2",
    "signs the scheme with capital letters",
    "write the scheme in lower case",
    "Convert the scheme to lower case before you sign.",
  ),
  SchemeSwapped: mistake(
    "§3.4.1.2",
    "signs http where the request came by https, or the reverse",
    "sign the scheme by which the request arrives",
    "Sign the scheme that the server sees, or tell the server its public scheme if it is behind a proxy.",
  ),
  EmptyPathKept: mistake(
    "§3.4.1.2",
    "signs an empty path",
    'sign an empty path as "/"',
    'Append "/" to a URL that ends in its host before you sign.',
  ),
  TrailingSlashAdded: mistake(
    "§3.4.1.2",
    'signs the path with a "/" at its end that is not in the request',
    "sign the path as it is sent",
    "Use the same URL for signing and sending.",
  ),
  TrailingSlashDropped: mistake(
    "§3.4.1.2",
    'signs the path without the "/" at its end',
    "sign the path as it is sent",
    "Use the same URL for signing and sending.",
  ),
  PathDecoded: mistake(
    "§3.4.1.2",
    "decodes the path before it signs it",
    "sign the path as it is sent, with its escapes",
    "Take the path for the base string from the encoded URL.",
  ),
  PathEncodedAgain: mistake(
    "§3.4.1.2",
    "encodes the path once more before it signs it",
    "sign the path as it is sent",
    "Take the path for the base string from the URL that you send.",
  ),
  PathLowerCased: mistake(
    "§3.4.1.2",
    "writes the path in lower case",
    "write only scheme and host in lower case",
    "Do not change the case of the path.",
  ),
  PathParametersLost: mistake(
    "§3.4.1.2",
    'loses what follows ";" in the path',
    "sign the path as it is sent",
    'Do not use a URL parser that splits the path at ";".',
  ),
  DotSegmentsRemoved: mistake(
    "§3.4.1.2",
    'signs the path without its "." and ".." segments, or without empty segments',
    "sign the path as it is sent",
    "Send the normalized path too, or do not normalize it.",
  ),
  BasePathDropped: mistake(
    "§3.4.1.2",
    "signs the path without its first segment, or with another start",
    "sign the whole path that it sends",
    "Sign the full URL, or tell the server its public path if a gateway removes a part of it.",
  ),
  UserinfoKept: mistake(
    "§3.4.1.2",
    "leaves user name and password in the base string URI",
    "sign scheme, host, port and path only",
    'Remove what precedes "@" in the URL before you sign.',
  ),
  HostReplaced: mistake(
    "§3.4.1.2",
    "signs another host than the request was sent to",
    "sign the content of the Host header",
    "Sign the host that the server sees, or tell the server its public host if it is behind a proxy.",
  ),

  MethodCase: mistake(
    "§3.4.1.1",
    "does not write the method in upper case",
    "write the method in upper case",
    "Convert the method to upper case before you sign.",
  ),
  MethodOverridden: mistake(
    "§3.4.1.1",
    "signs another method than it sends",
    "sign the method of the request as it is sent",
    "Pass the method that you send to your library.",
  ),

  MissingAmpersandWithoutToken: mistake(
    "§3.4.2",
    'omits the "&" of the key where there is no token secret',
    'end the key with "&" where there is no token secret',
    'Append "&" to the client secret where there is no token secret.',
  ),
  SecretNotEncoded: mistake(
    "§3.4.2",
    "does not encode the secrets in the key",
    "encode each secret before it joins them with &",
    "Encode each secret before you join them.",
  ),
  SecretEncodedTwice: mistake(
    "§3.4.2",
    "encodes the secrets in the key twice",
    "encode each secret once",
    "Pass the secrets to your library unencoded.",
  ),
  SecretsSwapped: mistake(
    "§3.4.2",
    "puts the token secret before the client secret in the key",
    "put the client secret first",
    "Swap the two secrets.",
  ),
  TokenSecretMissing: mistake(
    "§3.4.2",
    "signs without the token secret",
    "sign with the token secret where the request has a token",
    "Pass the token secret to your library.",
  ),
  ClientSecretMissing: mistake(
    "§3.4.2",
    "signs without the client secret",
    "sign with the client secret",
    "Pass the client secret to your library.",
  ),
  SecretWhitespace: mistake(
    "§3.4.2",
    "signs with white space around a secret",
    "sign with the secret exactly as it was issued",
    "Trim the secrets where you read them: a file often ends with a line break.",
  ),

  HexDigest: mistake(
    "§3.4.2",
    "writes the signature in hexadecimal digits",
    "write the signature in base64",
    "Write the digest in base64.",
  ),
  HexInBase64: mistake(
    "§3.4.2",
    "writes the base64 of the hexadecimal digits",
    "write the base64 of the octets of the digest",
    "Ask your hash function for octets, not for hexadecimal digits.",
  ),
  Base64Url: mistake(
    "§3.4.2",
    'writes "-" and "_" in the signature for "+" and "/"',
    'use the base64 alphabet with "+" and "/"',
    "Use base64, not base64url.",
  ),
  Base64Unpadded: mistake(
    "§3.4.2",
    'omits the "=" at the end of the signature',
    'end the base64 with its "="',
    'Keep the "=" at the end of the signature.',
  ),
  SignatureNotEncoded: mistake(
    "§3.5",
    'sends the signature without encoding it, so that its "+" arrives as a space',
    "encode the signature where it sends it",
    "Encode the value of oauth_signature.",
  ),
  SignatureEncodedTwice: mistake(
    "§3.5",
    "sends the signature encoded twice",
    "encode the signature once where it sends it",
    "Pass the signature to what writes the request unencoded.",
  ),
  WrongHash: mistake(
    "§3.4",
    "signs with another hash function than oauth_signature_method names",
    "sign with the hash function of oauth_signature_method",
    "Change oauth_signature_method, or the hash function.",
  ),
};

function mistake(section: string, did: string, should: string, change: string): Mistake {
  return { section, did, should, change };
}
