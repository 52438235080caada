/** One sentence for each section that vectors and properties cite. */
const SENTENCES: Readonly<Record<string, string>> = {
  "§1.2": "The example request carries this signature.",
  "§2.1":
    "A request for temporary credentials carries oauth_callback, and signs it like any other parameter.",
  "§2.3":
    "A request for token credentials carries oauth_verifier, and signs it like any other parameter.",
  "§3": "A request is authenticated by a set of protocol parameters that its sender computes and adds.",
  "§3.1":
    "Names and values of parameters are case sensitive, and each protocol parameter is there once at most.",
  "§3.2":
    "The server computes the signature again and compares it with the one received; oauth_version, where present, is 1.0.",
  "§3.3": "The timestamp is a positive integer, in seconds; a nonce is used once with it.",
  "§3.4":
    "The signature is computed from the signature base string by the method that oauth_signature_method names, and changes nothing else in the request.",
  "§3.4.1":
    "The signature base string contains the method, the authority, path and query, the protocol parameters, and the parameters of a form.",
  "§3.4.1.1":
    'The method in upper case, the base string URI and the normalized parameters, each encoded, are joined by "&".',
  "§3.4.1.2":
    "Scheme and host are in lower case, the port is there where it is not the scheme's default, and query and fragment are not.",
  "§3.4.1.3.1":
    "The decoded parameters of the query, of the Authorization header field but realm, and of a form body are signed, and oauth_signature is not.",
  "§3.4.1.3.2":
    'Names and values are encoded first, then sorted as octets by name and by value, then joined by "=" and "&", empty values included.',
  "§3.4.2":
    'The key is the encoded client shared-secret, "&", and the encoded token shared-secret; the "&" is there even where a secret is empty, and the digest is in base64.',
  "§3.4.3":
    "The base string is signed with the client's RSA private key by RSASSA-PKCS1-v1_5, and the signature is in base64; no shared-secret goes into it.",
  "§3.4.4":
    'The signature is the encoded client shared-secret, "&", and the encoded token shared-secret, and nothing is hashed.',
  "§3.5":
    "Protocol parameters are in one place only: the header field, the form body or the query; where they are changes no signature.",
  "§3.5.1":
    'After the scheme OAuth, in any case, names and values are encoded and written name="value", separated by commas; realm may be added, and is not a protocol parameter.',
  "§3.5.2":
    "In a form body the protocol parameters follow the request's own, in the same encoding.",
  "§3.5.3": "In the query the protocol parameters follow the request's own.",
  "§3.6":
    "The UTF-8 octets of the text are escaped as %XX in upper case, all but letters, digits, - . _ and ~.",
};

/** The full name of a section of RFC 5849, or of a specification that it cites. */
export function sectionName(section: string): string {
  return section.startsWith("§") ? `RFC 5849 ${section}` : section;
}

/** The content of a section in one sentence; undefined for a section of another specification. */
export function sentenceOf(section: string): string | undefined {
  return SENTENCES[section];
}
