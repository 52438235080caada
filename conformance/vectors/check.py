"""Recompute every vector of this folder with implementations that are not ours.

Run it with a Python 3 that has oauthlib:  python3 conformance/vectors/check.py

Each vector is recomputed with Python's standard library, and RSA with the openssl command; each one that is not "invalid" with
oauthlib as well, wherever oauthlib has a function for it. OAUTHLIB_DIFFERS names the vectors where
oauthlib is known to answer otherwise, and why; those rest on the standard library alone.

Exit status: 0 all passed, 1 something failed, 2 oauthlib or openssl is missing.
"""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import types
from collections import Counter
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

try:
    from oauthlib.common import Request
    from oauthlib.oauth1 import Client, RequestValidator, SignatureOnlyEndpoint
    from oauthlib.oauth1.rfc5849 import parameters as oauthlib_parameters
    from oauthlib.oauth1.rfc5849 import signature as oauthlib_signature
    from oauthlib.oauth1.rfc5849 import utils as oauthlib_utils
except ImportError:
    print("check.py needs oauthlib: run it with a Python 3 that has it", file=sys.stderr)
    sys.exit(2)
if shutil.which("openssl") is None:
    print("check.py needs the openssl command", file=sys.stderr)
    sys.exit(2)

FOLDER = pathlib.Path(__file__).resolve().parent
FORM = "application/x-www-form-urlencoded"

# Why oauthlib does not answer as the vector says, and which vectors that concerns.
OAUTHLIB_DIFFERS = {
    "its header reader wants one space and a parameter after the scheme": (
        "authorization-header-parsing/scheme-alone",
        "authorization-header-parsing/fold-after-scheme",
        "challenge-parsing/scheme-alone",
    ),
    "its header reader rejects empty elements of the list": (
        "authorization-header-parsing/empty-element-comma-first",
        "authorization-header-parsing/empty-element-between",
        "challenge-parsing/empty-elements",
    ),
    "its header reader keeps white space around the equals sign": (
        "authorization-header-parsing/white-space-around-equals",
        "challenge-parsing/white-space",
    ),
    "it compares the name realm with its case": (
        "authorization-header-parsing/realm-name-capitals",
        "challenge-parsing/realm-name-capitals",
        "parameter-collection/header-realm-capitals",
        "request-verification/realm-capitals",
    ),
    "it leaves out an empty realm": (
        "authorization-header-serialization/realm-empty",
        "challenge-serialization/realm-empty",
    ),
    "it writes a comma after a realm that stands alone": (
        "authorization-header-serialization/realm-only",
        "challenge-serialization/rfc-challenge",
        "challenge-serialization/core-challenge",
        "challenge-serialization/realm-comma",
        "challenge-serialization/realm-percent",
    ),
    "it writes a realm without quoted-pairs": (
        "authorization-header-serialization/realm-quote",
        "authorization-header-serialization/realm-backslash",
        "authorization-header-serialization/realm-backslash-at-end",
        "authorization-header-serialization/realm-backslash-quote",
        "authorization-header-serialization/realm-would-inject",
        "challenge-serialization/realm-quote-and-backslash",
    ),
    "it writes no header parameter without the prefix oauth_": (
        "authorization-header-serialization/name-no-prefix",
    ),
    "it spells IPv6 addresses in another way": (
        "base-string-uri/host-ipv6-uncompressed",
        "base-string-uri/host-ipv6-with-ipv4",
    ),
    "it loses an empty ; at the end of the path": (
        "base-string-uri/path-empty-parameters",
        "base-string-uri/path-empty-parameters-before-query",
    ),
    "it decodes protocol parameters of a query twice": (
        "parameter-collection/query-oauth-decoded-once",
        "request-verification/callback-query-transmission",
    ),
    "it decodes neither names nor values without the prefix oauth_ of a header": (
        "parameter-collection/header-extension",
        "parameter-collection/header-encoded-name",
        "request-verification/escapes-in-names",
        "request-verification/extension-in-header",
    ),
    "it rejects an Authorization header field of another scheme": (
        "parameter-collection/header-basic",
        "parameter-collection/header-digest",
        "parameter-collection/header-oauth2-like",
        "request-verification/basic-beside-query",
    ),
    "it drops a whole form that holds a character it does not expect": (
        "parameter-collection/form-line-feed-at-end",
        "parameter-collection/form-raw-utf8",
    ),
    "it takes timestamps of ten digits only": (
        "request-verification/rfc-3-1",
        "request-verification/rfc-1-2-temporary",
        "request-verification/rfc-1-2-token",
        "request-verification/rfc-1-2-resource-http",
    ),
    "it asks for timestamp and nonce with PLAINTEXT too": (
        "request-verification/rfc-2-1-plaintext",
        "request-verification/rfc-2-3-plaintext",
        "request-verification/plaintext-timestamp-only",
    ),
    "it leaves out the query's realm where the header field has one": (
        "request-verification/realm-of-query",
    ),
    "it compares the media type with its case": (
        "request-verification/form-content-type-capitals",
    ),
    "it lets letters outside ASCII stand in a path": (
        "base-string-uri/raw-e-acute-path",
        "base-string-uri/raw-emoji-path",
        "base-string-uri/raw-no-break-space-path",
        "signature-base-string/url-raw-utf8-path",
        "sign/url-raw-utf8-path",
    ),
    "it decodes octets that are no UTF-8 to U+FFFD": (
        "signature-base-string/query-non-utf8",
        "signature-base-string/query-latin1",
        "signature-base-string/query-non-utf8-sorted",
        "signature-base-string/query-non-utf8-name",
        "sign/query-non-utf8",
    ),
}


class Rejected(Exception):
    """The input is rejected."""


# ---- Percent-encoding, by urllib.parse (RFC 5849 section 3.6)


def encode(text_or_octets):
    try:
        return quote(text_or_octets, safe="-._~")
    except UnicodeEncodeError as error:
        raise Rejected("a surrogate without its other half") from error


def decode_octets(encoded):
    if not re.fullmatch(r"(?:[^%]|%[0-9A-Fa-f]{2})*", encoded, re.DOTALL):
        raise Rejected("a broken escape")
    return unquote_to_bytes(encoded)


def decode_text(encoded):
    try:
        return decode_octets(encoded).decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise Rejected("not UTF-8") from error


def text_of(given):
    if "codeUnits" in given:
        octets = b"".join(unit.to_bytes(2, "little") for unit in given["codeUnits"])
        try:
            return octets.decode("utf-16-le", "strict")
        except UnicodeDecodeError as error:
            raise Rejected("a surrogate without its other half") from error
    return given["text"]


def percent_encoding(given):
    return encode(base64.b64decode(given["octets"]) if "octets" in given else text_of(given))


def percent_encoding_oauthlib(given):
    return NotImplemented if "octets" in given else oauthlib_utils.escape(text_of(given))


def percent_decoding(given):
    if given["as"] == "text":
        return decode_text(given["encoded"])
    return base64.b64encode(decode_octets(given["encoded"])).decode()


def percent_decoding_oauthlib(given):
    return oauthlib_utils.unescape(given["encoded"]) if given["as"] == "text" else NotImplemented


def normalize_encoding(encoded, plus):
    return encode(decode_octets(encoded.replace("+", "%20" if plus == "space" else "%2B")))


def percent_encoding_normalization(given):
    return normalize_encoding(given["encoded"], given["plus"])


def percent_encoding_normalization_oauthlib(given):
    encoded = given["encoded"]
    try:
        decode_text(encoded)
    except Rejected:
        return NotImplemented  # oauthlib decodes to text only
    plus = "%20" if given["plus"] == "space" else "%2B"
    return oauthlib_utils.escape(oauthlib_utils.unescape(encoded.replace("+", plus)))


# ---- Base string URI, by urlsplit (RFC 5849 section 3.4.1.2, RFC 3986 section 3)


AUTHORITY = re.compile(
    r"(?P<host>\[(?P<ip>[^\[\]]*)\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(?::(?P<port>[0-9]*))?",
    re.ASCII,
)


def base_string_uri(given):
    url = given["url"]
    if re.search(r"[^\x21-\x7e]", url):
        raise Rejected("a character that no URI can hold")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Rejected(str(error)) from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise Rejected("neither http nor https")
    authority = parts.netloc.rpartition("@")[2]
    match = AUTHORITY.fullmatch(authority)
    if not match:
        raise Rejected("no host, or a host or port that breaks the grammar")
    if match["ip"] is not None:
        try:
            ipaddress.IPv6Address(match["ip"])
        except ValueError as error:
            raise Rejected("no IPv6 address in the brackets") from error
    default = {"http": 80, "https": 443}[scheme]
    kept = "" if port in (None, default) else ":" + match["port"]
    return f"{scheme}://{match['host'].lower()}{kept}{parts.path or '/'}"


def base_string_uri_oauthlib(given):
    return oauthlib_signature.base_string_uri(given["url"])


# ---- Parameters, by parse_qsl (RFC 5849 section 3.4.1.3)


def form_pairs(encoded):
    decode_octets(encoded)
    try:
        return parse_qsl(encoded, keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError as error:
        raise Rejected("not UTF-8") from error


def query_of(url):
    return urlsplit(url).query


def media_type(content_type):
    return (content_type or "").split(";")[0].strip().lower()


def parameter_collection(given):
    pairs = form_pairs(query_of(given["url"]))
    header = given["authorization"]
    if header is not None and re.match(r"OAuth(?![^ \t\r\n])", header, re.IGNORECASE):
        parsed = authorization_header_parsing({"header": header, "unquoted": False})
        pairs += map(tuple, parsed["parameters"])
    if media_type(given["contentType"]) == FORM and given["body"] is not None:
        pairs += form_pairs(given["body"])
    return sorted([name, value] for name, value in pairs if name != "oauth_signature")


def parameter_collection_oauthlib(given):
    header = given["authorization"]
    pairs = oauthlib_signature.collect_parameters(
        uri_query=query_of(given["url"]),
        body=given["body"] if media_type(given["contentType"]) == FORM else None,
        headers={"Authorization": header} if header is not None else None,
    )
    return sorted(map(list, pairs))


def normalize_encoded(pairs):
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def parameter_normalization(given):
    return normalize_encoded((encode(name), encode(value)) for name, value in given["parameters"])


def parameter_normalization_oauthlib(given):
    return oauthlib_signature.normalize_parameters(given["parameters"])


# ---- Signature base string (RFC 5849 section 3.4.1.1)


def encoded_query_pairs(url):
    """The query's parameters, decoded and encoded as octets: what is no UTF-8 survives."""
    for piece in filter(None, query_of(url).split("&")):
        name, _, value = piece.partition("=")
        yield normalize_encoding(name, "space"), normalize_encoding(value, "space")


def signature_base_string(given):
    if not re.fullmatch(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", given["method"]):
        raise Rejected("no HTTP token")
    uri = base_string_uri(given)
    pairs = list(encoded_query_pairs(given["url"]))
    protocol = [pair for pair in given["parameters"] if pair[0] != "realm"]
    pairs += [(encode(name), encode(value)) for name, value in protocol + (given["form"] or [])]
    normalized = normalize_encoded(pair for pair in pairs if pair[0] != "oauth_signature")
    return "&".join(map(encode, (given["method"].upper(), uri, normalized)))


def signature_base_string_oauthlib(given):
    query = oauthlib_signature.collect_parameters(uri_query=query_of(given["url"]))
    protocol = [tuple(pair) for pair in given["parameters"] if pair[0] != "realm"]
    pairs = query + protocol + [tuple(pair) for pair in given["form"] or []]
    return oauthlib_signature.signature_base_string(
        given["method"],
        oauthlib_signature.base_string_uri(given["url"]),
        oauthlib_signature.normalize_parameters(
            [pair for pair in pairs if pair[0] != "oauth_signature"]
        ),
    )


# ---- Signatures: HMAC by hmac and hashlib, RSA by openssl (RFC 5849 section 3.4.2 to 3.4.4)


def joined_secrets(given):
    return f"{encode(given['clientSharedSecret'])}&{encode(given['tokenSharedSecret'])}"


def digest(given, name="sha1"):
    return hmac.new(joined_secrets(given).encode(), given["baseString"].encode(), name).digest()


def hmac_sha1(given):
    return base64.b64encode(digest(given)).decode()


def hmac_sha1_oauthlib(given):
    return oauthlib_signature.sign_hmac_sha1(
        given["baseString"], given["clientSharedSecret"], given["tokenSharedSecret"]
    )


def received_octets(received):
    try:
        octets = base64.b64decode(received.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise Rejected("no base64") from error
    if base64.b64encode(octets).decode() != received:
        raise Rejected("not the one spelling that base64 has")
    return octets


def hmac_sha1_verification(given):
    if not hmac.compare_digest(received_octets(given["signature"]), digest(given)):
        raise Rejected("another signature")
    return True


def hmac_sha1_verification_oauthlib(given):
    return hmac_sha1_oauthlib(given) == given["signature"]


def openssl(arguments, text, **files):
    """Runs openssl; {dir} in its arguments is a folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, contents in files.items():
            pathlib.Path(folder, name).write_bytes(contents)
        command = ["openssl"] + [part.format(dir=folder) for part in arguments.split()]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        if done.returncode != 0:
            raise Rejected(f"openssl {arguments}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout


def signature(given):
    kind, _, hash_name = given["signatureMethod"].lower().partition("-")
    if kind == "plaintext":
        return joined_secrets(given)
    if kind == "hmac":
        return base64.b64encode(digest(given, hash_name)).decode()
    key = given["privateKey"].encode()
    openssl("rsa -in {dir}/key -noout", "", key=key)  # rejects keys of another kind
    signed = openssl(f"dgst -{hash_name} -sign {{dir}}/key", given["baseString"], key=key)
    return base64.b64encode(signed).decode()


SIGN_OAUTHLIB = {
    "HMAC-SHA256": oauthlib_signature.sign_hmac_sha256_with_client,
    "HMAC-SHA512": oauthlib_signature.sign_hmac_sha512_with_client,
    "PLAINTEXT": oauthlib_signature.sign_plaintext_with_client,
    "RSA-SHA1": oauthlib_signature.sign_rsa_sha1_with_client,
    "RSA-SHA256": oauthlib_signature.sign_rsa_sha256_with_client,
    "RSA-SHA512": oauthlib_signature.sign_rsa_sha512_with_client,
}


def signature_oauthlib(given):
    client = types.SimpleNamespace(
        client_secret=given["clientSharedSecret"],
        resource_owner_secret=given["tokenSharedSecret"],
        rsa_key=given.get("privateKey"),
    )
    try:
        return SIGN_OAUTHLIB[given["signatureMethod"]](given["baseString"], client)
    except ImportError:
        return NotImplemented  # its RSA needs PyJWT and cryptography


def signature_verification(given):
    kind, _, hash_name = given["signatureMethod"].lower().partition("-")
    if kind != "rsa":
        expected, received = signature(given), given["signature"]
        if not hmac.compare_digest(expected.encode(), received.encode()):
            raise Rejected("another signature")
        return True
    octets = received_octets(given["signature"])
    if "certificate" in given:
        public_key = openssl("x509 -noout -pubkey", given["certificate"])
    else:
        public_key = given["publicKey"].encode()
    verify = f"dgst -{hash_name} -verify {{dir}}/key -signature {{dir}}/signature"
    openssl(verify, given["baseString"], key=public_key, signature=octets)
    return True


def signature_verification_oauthlib(given):
    if given["signatureMethod"].startswith("RSA-"):
        return NotImplemented  # it verifies a whole request only
    return signature_oauthlib(given) == given["signature"]


# ---- Body hash, by hashlib (OAuth Request Body Hash extension)


def body_hash(given):
    body = base64.b64decode(given["body"])
    return base64.b64encode(hashlib.new(given["hash"].replace("-", ""), body).digest()).decode()


def body_hash_oauthlib(given):
    """oauthlib's Client adds oauth_body_hash by SHA-1 to a request whose body is text."""
    try:
        body = base64.b64decode(given["body"]).decode("ascii")
    except UnicodeDecodeError:
        return NotImplemented
    if given["hash"] != "SHA-1" or body == "":
        return NotImplemented
    request = Request("https://photos.example.net/", "POST", body, {"Content-Type": "text/plain"})
    return dict(Client("client", client_secret="").get_oauth_params(request))["oauth_body_hash"]


# ---- Header fields, by the grammar of RFC 2617 section 1.2 and RFC 9110 section 11

TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
SPACE = r"(?:(?:\r?\n)?[ \t])*"  # white space, folded lines included
QUOTED = r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e])*"'
PARAMETER = re.compile(rf"({TOKEN}){SPACE}={SPACE}({QUOTED}|{TOKEN})")
TOKEN68 = re.compile(rf"[A-Za-z0-9\-._~+/]+=*(?={SPACE}(?:,|\Z))")
SCHEME = re.compile(rf"({TOKEN})(?=[ \t\r\n,]|\Z)")
SEPARATOR = re.compile(rf"{SPACE}(?:,{SPACE})+|{SPACE}\Z")


def one_parameter(match, unquoted):
    name, value = decode_text(match[1]), match[2]
    if not value.startswith('"') and not unquoted:
        raise Rejected("a value without quotes")
    inner = value[1:-1] if value.startswith('"') else value
    if name.lower() == "realm":
        return "realm", re.sub(r"\\(.)", r"\1", inner)
    if "\\" in inner:
        raise Rejected("a quoted-pair in a value that is percent-encoded")
    return name, decode_text(inner)


def realm_and_parameters(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise Rejected("a name twice")
    return {
        "realm": dict(pairs).get("realm"),
        "parameters": [[name, value] for name, value in pairs if name != "realm"],
    }


def skip_separator(header, position):
    match = SEPARATOR.match(header, position)
    if not match:
        raise Rejected(f"text that no list holds, at {position}")
    return match.end()


def authorization_header_parsing(given):
    header, pairs = given["header"], []
    start = re.match(rf"OAuth(?:\Z|(?=[ \t\r\n,]){SPACE}(?:,{SPACE})*)", header, re.IGNORECASE)
    if not start:
        raise Rejected("not the scheme OAuth")
    position = start.end()
    while position < len(header):
        match = PARAMETER.match(header, position)
        if not match:
            raise Rejected(f"no parameter, at {position}")
        pairs.append(one_parameter(match, given["unquoted"]))
        position = skip_separator(header, match.end())
    return realm_and_parameters(pairs)


def authorization_header_parsing_oauthlib(given):
    return from_raw_pairs(oauthlib_utils.parse_authorization_header(given["header"]))


def challenges_of(header):
    """Each challenge's scheme and the matches of its parameters."""
    challenges = []
    position = re.match(rf"{SPACE}(?:,{SPACE})*", header).end()
    while position < len(header):
        parameter, scheme = PARAMETER.match(header, position), SCHEME.match(header, position)
        if parameter and challenges:
            challenges[-1][1].append(parameter)
            position = parameter.end()
        elif scheme:
            challenges.append((scheme[1], []))
            position = re.compile(SPACE).match(header, scheme.end()).end()
            if PARAMETER.match(header, position):
                continue
            token68 = TOKEN68.match(header, position)
            position = token68.end() if token68 else position
        else:
            raise Rejected(f"neither a scheme nor a parameter, at {position}")
        position = skip_separator(header, position)
    return challenges


def challenge_parsing(given):
    for scheme, parameters in challenges_of(given["header"]):
        if scheme.lower() == "oauth":
            return realm_and_parameters([one_parameter(match, True) for match in parameters])
    raise Rejected("no OAuth challenge")


def challenge_parsing_oauthlib(given):
    """oauthlib's reader of the Authorization header field reads a challenge that stands alone."""
    if len(challenges_of(given["header"])) > 1:
        return NotImplemented
    return from_raw_pairs(oauthlib_utils.parse_authorization_header(given["header"]))


def from_raw_pairs(pairs):
    decoded = [
        [oauthlib_utils.unescape(name), oauthlib_utils.unescape(value)]
        for name, value in pairs
        if name != "realm"
    ]
    return {"realm": dict(pairs).get("realm"), "parameters": decoded}


def header_serialization(given):
    realm = given["realm"]
    if realm is not None and re.search(r"[^\t\x20-\x7e]", realm):
        raise Rejected("a realm that no quoted-string should hold")
    parts = [] if realm is None else ['realm="' + re.sub(r'(["\\])', r"\\\1", realm) + '"']
    parts += [f'{encode(name)}="{encode(value)}"' for name, value in given["parameters"]]
    return "OAuth " + ", ".join(parts)


def header_serialization_oauthlib(given):
    headers = oauthlib_parameters.prepare_headers(given["parameters"], realm=given["realm"])
    return headers["Authorization"]


# ---- Received requests (RFC 5849 section 3.2)

REQUIRED = ("oauth_consumer_key", "oauth_signature_method", "oauth_signature")
FRESHNESS = ("oauth_timestamp", "oauth_nonce")  # PLAINTEXT may leave them out


def field_value(given, name):
    values = [value for field, value in given["headers"] if field.lower() == name]
    return ", ".join(values) if values else None


def request_verification(given):
    header = field_value(given, "authorization")
    places = {"header": [], "query": form_pairs(query_of(given["url"])), "form": []}
    if header is not None and re.match(r"OAuth(?![^ \t\r\n])", header, re.IGNORECASE):
        parsed = authorization_header_parsing({"header": header, "unquoted": False})
        places["header"] = [tuple(pair) for pair in parsed["parameters"]]
    body = base64.b64decode(given["body"] or "")
    is_form = media_type(field_value(given, "content-type")) == FORM
    if is_form:
        places["form"] = form_pairs(body.decode("ascii"))
    found = {place: [pair for pair in pairs if pair[0].startswith("oauth_")]
             for place, pairs in places.items()}
    if sum(1 for pairs in found.values() if pairs) > 1:
        raise Rejected("protocol parameters in two places")
    pairs = sum(found.values(), [])
    protocol = dict(pairs)
    if len(protocol) < len(pairs):
        raise Rejected("a protocol parameter twice")
    method = protocol.get("oauth_signature_method")
    for name in REQUIRED + (() if method == "PLAINTEXT" else FRESHNESS):
        if name not in protocol:
            raise Rejected(f"{name} is missing")
    if protocol.get("oauth_version", "1.0") != "1.0":
        raise Rejected("another version")
    if method not in given["signatureMethods"]:
        raise Rejected("a signature method that is not accepted")
    if not re.fullmatch("0*[1-9][0-9]*", protocol.get("oauth_timestamp", "1")):
        raise Rejected("a timestamp that is no positive integer")
    base_string = signature_base_string({
        "method": given["method"],
        "url": given["url"],
        "parameters": places["header"],
        "form": places["form"],
    })
    received = {"baseString": base_string, "signatureMethod": method}
    signature_verification({**given, **received, "signature": protocol["oauth_signature"]})
    if "oauth_body_hash" in protocol:
        hash_name = "SHA-" + method.rpartition("SHA")[2]
        body_base64 = base64.b64encode(body).decode()
        if is_form:
            raise Rejected("a body hash with a form")
        if protocol["oauth_body_hash"] != body_hash({"body": body_base64, "hash": hash_name}):
            raise Rejected("another body hash")
    return True


class OneClient(RequestValidator):
    """What oauthlib's endpoints ask for: the secrets and the key of the vector."""

    enforce_ssl = False
    timestamp_lifetime = float("inf")

    def __init__(self, given):
        super().__init__()
        self.given = given

    @property
    def allowed_signature_methods(self):
        return self.given["signatureMethods"]

    def check_client_key(self, client_key):
        return True

    def check_nonce(self, nonce):
        return True

    def validate_client_key(self, client_key, request):
        return True

    def validate_timestamp_and_nonce(self, *_, **__):
        return True

    def get_client_secret(self, client_key, request):
        return self.given["clientSharedSecret"]

    def get_access_token_secret(self, client_key, token, request):
        return self.given["tokenSharedSecret"]

    def get_rsa_key(self, client_key, request):
        if "certificate" in self.given:
            return openssl("x509 -noout -pubkey", self.given["certificate"]).decode()
        return self.given["publicKey"]


def request_verification_oauthlib(given):
    """oauthlib's endpoint for requests that are only signed; it knows no body hash."""
    try:
        body = base64.b64decode(given["body"] or "").decode("ascii")
    except UnicodeDecodeError:
        body = ""  # no form
    endpoint = SignatureOnlyEndpoint(OneClient(given))
    try:
        valid, _ = endpoint.validate_request(
            given["url"], given["method"], body, dict(given["headers"])
        )
    except ImportError:
        return NotImplemented  # its RSA needs PyJWT and cryptography
    if not valid:
        raise Rejected("oauthlib answers that it is not valid")
    return True


# ---- The whole signature, by oauthlib's Client


def sign(given):
    """The standard library's steps one after the other."""
    token = given["token"]
    added = protocol_parameters(given)
    base_string = signature_base_string({**given, "parameters": added})
    secrets = {
        "clientSharedSecret": given["client"]["sharedSecret"],
        "tokenSharedSecret": token["sharedSecret"] if token else "",
    }
    key = {name: given["client"][name] for name in ("privateKey",) if name in given["client"]}
    method = {"signatureMethod": given["signatureMethod"]}
    signed = signature({"baseString": base_string, **secrets, **key, **method})
    return {"baseString": base_string, "signature": signed}


def protocol_parameters(given):
    token = given["token"]
    optional = [
        ("oauth_token", token["identifier"] if token else None),
        ("oauth_version", given["version"]),
        ("oauth_callback", given["callback"]),
        ("oauth_verifier", given["verifier"]),
    ]
    return [
        ["oauth_consumer_key", given["client"]["identifier"]],
        ["oauth_signature_method", given["signatureMethod"]],
        ["oauth_timestamp", given["timestamp"]],
        ["oauth_nonce", given["nonce"]],
    ] + [[name, value] for name, value in optional if value is not None]


class ClientWithVersion(Client):
    """oauthlib's Client always sends oauth_version; this one sends what it is told."""

    version = None

    def get_oauth_params(self, request):
        others = [pair for pair in super().get_oauth_params(request) if pair[0] != "oauth_version"]
        return others + ([("oauth_version", self.version)] if self.version is not None else [])


def sign_oauthlib(given):
    seen = []

    method = given["signatureMethod"]

    def remember(base_string, client):
        seen.append(base_string)
        return Client.SIGNATURE_METHODS[method](base_string, client)

    ClientWithVersion.SIGNATURE_METHODS = {method: remember}
    token = given["token"] or {"identifier": None, "sharedSecret": ""}
    client = ClientWithVersion(
        given["client"]["identifier"],
        client_secret=given["client"]["sharedSecret"],
        resource_owner_key=token["identifier"],
        resource_owner_secret=token["sharedSecret"],
        callback_uri=given["callback"],
        verifier=given["verifier"],
        nonce=given["nonce"],
        timestamp=given["timestamp"],
        signature_method=method,
        rsa_key=given["client"].get("privateKey"),
        signature_type={"header": "AUTH_HEADER", "form-body": "BODY", "query": "QUERY"}[
            given["transmission"]
        ],
    )
    client.version = given["version"]
    body, headers = None, {}
    if given["form"] is not None:
        body, headers = urlencode([tuple(pair) for pair in given["form"]]), {"Content-Type": FORM}
    uri, headers, body = client.sign(given["url"], given["method"], body, headers)
    sent = {
        "header": lambda: oauthlib_utils.parse_authorization_header(headers["Authorization"]),
        "form-body": lambda: [(n, encode(v)) for n, v in parse_qsl(body)],
        "query": lambda: [(n, encode(v)) for n, v in parse_qsl(query_of(uri))],
    }[given["transmission"]]()
    if not seen:  # it makes no base string for PLAINTEXT
        parameters = protocol_parameters(given)
        seen.append(signature_base_string_oauthlib({**given, "parameters": parameters}))
    return {
        "baseString": seen[-1],
        "signature": oauthlib_utils.unescape(dict(sent)["oauth_signature"]),
    }


# ---- Checking

TOPICS = {
    "percent-encoding": (percent_encoding, percent_encoding_oauthlib),
    "percent-decoding": (percent_decoding, percent_decoding_oauthlib),
    "percent-encoding-normalization": (
        percent_encoding_normalization,
        percent_encoding_normalization_oauthlib,
    ),
    "base-string-uri": (base_string_uri, base_string_uri_oauthlib),
    "parameter-collection": (parameter_collection, parameter_collection_oauthlib),
    "parameter-normalization": (parameter_normalization, parameter_normalization_oauthlib),
    "signature-base-string": (signature_base_string, signature_base_string_oauthlib),
    "hmac-sha1": (hmac_sha1, hmac_sha1_oauthlib),
    "hmac-sha1-verification": (hmac_sha1_verification, hmac_sha1_verification_oauthlib),
    "signature": (signature, signature_oauthlib),
    "signature-verification": (signature_verification, signature_verification_oauthlib),
    "body-hash": (body_hash, body_hash_oauthlib),
    "authorization-header-serialization": (header_serialization, header_serialization_oauthlib),
    "authorization-header-parsing": (
        authorization_header_parsing,
        authorization_header_parsing_oauthlib,
    ),
    "challenge-serialization": (header_serialization, header_serialization_oauthlib),
    "challenge-parsing": (challenge_parsing, challenge_parsing_oauthlib),
    "sign": (sign, sign_oauthlib),
    "request-verification": (request_verification, request_verification_oauthlib),
}


def outcome(function, given):
    try:
        return function(given)
    except (Rejected, ValueError) as error:
        return Rejected(str(error))


def agrees(vector, found):
    rejected = isinstance(found, Rejected)
    if vector["result"] == "invalid":
        return rejected
    if vector["result"] == "valid":
        return not rejected and found == vector["expected"]
    return any(
        rejected if "rejected" in position else not rejected and found == position["expected"]
        for position in vector["positions"]
    )


def form_problems(document, raw):
    """What a schema cannot say: unique ids, flags explained and used, ASCII, no lone surrogates."""
    problems, used, ids = [], set(), Counter()
    if not raw.isascii():
        problems.append("the file is not ASCII")
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        problems.append("the file holds a lone surrogate")
    for vector in document["vectors"]:
        ids[vector["id"]] += 1
        used.update(vector["flags"])
        if not vector["id"].startswith(document["topic"] + "/"):
            problems.append(f"{vector['id']} is not of this topic")
        if vector["result"] == "acceptable" and vector["level"] != "interoperability":
            problems.append(f"{vector['id']}: what several answers may be to is not {vector['level']}")
        if vector["result"] == "valid" and vector["level"] == "robustness":
            problems.append(f"{vector['id']}: valid input says nothing about robustness")
        if ("Misprint" in vector["flags"]) != ("printed" in vector and "finding" in vector):
            problems.append(f"{vector['id']}: Misprint, printed and finding belong together")
    problems += [f"{name} comes {count} times" for name, count in ids.items() if count > 1]
    problems += [f"flag {flag} is not explained" for flag in used - set(document["flags"])]
    problems += [f"flag {flag} is not used" for flag in set(document["flags"]) - used]
    return problems


def check_topic(path, reasons):
    raw = path.read_bytes()
    document = json.loads(raw)
    topic = document["topic"]
    by_stdlib, by_oauthlib = TOPICS[topic]
    failures = [f"{path.name}: {problem}" for problem in form_problems(document, raw)]
    counts, notes = Counter(), []
    for vector in document["vectors"]:
        found = outcome(by_stdlib, vector["input"])
        if not agrees(vector, found):
            failures.append(f"{vector['id']}: standard library answers {found!r}")
            continue
        other = NotImplemented
        if vector["result"] != "invalid":
            other = outcome(by_oauthlib, vector["input"])
        if other is NotImplemented:
            counts["the standard library"] += 1
        elif agrees(vector, other):
            counts["both"] += 1
            if vector["id"] in reasons:
                notes.append(f"{vector['id']}: this oauthlib agrees after all")
        elif vector["id"] in reasons:
            counts["the standard library"] += 1
        else:
            failures.append(f"{vector['id']}: oauthlib answers {other!r}")
    counted = f"{counts['both']} by oauthlib and the standard library"
    print(f"{topic}: {len(document['vectors'])} vectors, {counted}, "
          f"{counts['the standard library']} by the standard library")
    return sum(counts.values()), failures, notes, {v["id"] for v in document["vectors"]}


def requirement_problems(known):
    """Each version's list names vectors that exist, and that of the set's own version names them all."""
    version = json.loads((FOLDER / "percent-encoding.json").read_text())["version"].rsplit(".", 1)[0]
    problems = [] if (FOLDER / f"requirements/{version}.json").exists() else [f"requirements/{version}.json is missing"]
    for path in sorted((FOLDER / "requirements").glob("*.json")):
        listed = set(json.loads(path.read_text())["vectors"])
        problems += [f"requirements/{path.name}: no vector {name}" for name in sorted(listed - known)]
        if path.stem == version:
            problems += [f"requirements/{path.name} lacks {name}" for name in sorted(known - listed)]
    return problems


def main():
    reasons = {name: reason for reason, names in OAUTHLIB_DIFFERS.items() for name in names}
    passed, failures, notes, known = 0, [], [], set()
    paths = sorted(path for path in FOLDER.glob("*.json") if path.name != "package.json")
    missing = set(TOPICS) - {path.stem for path in paths}
    failures += [f"{topic}.json is missing" for topic in sorted(missing)]
    for path in paths:
        count, failed, noted, ids = check_topic(path, reasons)
        passed += count
        failures += failed
        notes += noted
        known |= ids
    failures += requirement_problems(known)
    failures += [f"OAUTHLIB_DIFFERS names {name}: no vector" for name in set(reasons) - known]
    for note in notes:
        print(f"note: {note}")
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
