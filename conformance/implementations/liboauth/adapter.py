import re
import sys
from ctypes import CDLL, POINTER, byref, c_char_p, c_int, c_void_p, string_at
from urllib.parse import urlsplit

sys.path.insert(0, "../protocol")
from protocol import Unsupported, serve

METHODS = {"HMAC-SHA1": 0, "RSA-SHA1": 1, "PLAINTEXT": 2}

lib = CDLL("liboauth.so.0")
for name in ["url_escape", "catenc", "sign_hmac_sha1", "sign_rsa_sha1", "sign_plaintext"]:
    getattr(lib, f"oauth_{name}").restype = c_void_p
lib.oauth_serialize_url_sep.restype = c_void_p


def octets(text):
    """C's text: UTF-8, ended by NUL."""
    if text is None:
        return None
    if "\0" in text or any("\ud800" <= unit <= "\udfff" for unit in text):
        raise Unsupported("not a text in C")
    return text.encode()


def text(address):
    if not address:
        raise ValueError("rejected")
    return string_at(address).decode()


def percent_encode(asked):
    if "text" not in asked:
        raise Unsupported("oauth_url_escape takes text")
    return {"result": text(lib.oauth_url_escape(octets(asked["text"])))}


def sign_base_string(asked):
    base_string = octets(asked["baseString"])
    if asked["signatureMethod"] == "RSA-SHA1":
        return {"result": text(lib.oauth_sign_rsa_sha1(base_string, octets(asked["privateKey"])))}
    secrets = octets(asked["clientSharedSecret"]), octets(asked["tokenSharedSecret"])
    key = string_at(lib.oauth_catenc(2, *secrets))
    made = {"HMAC-SHA1": lib.oauth_sign_hmac_sha1, "PLAINTEXT": lib.oauth_sign_plaintext}
    return {"result": text(made[asked["signatureMethod"]](base_string, key))}


def support(asked):
    place, parts = asked["transmission"], urlsplit(asked["url"])
    if asked["realm"] is not None:
        raise Unsupported("no realm")
    if any("=" in name for name, _ in asked["form"] or []):
        raise Unsupported("a name in an array of name=value has no equals sign")
    if place == "query" and asked["form"] or place == "form-body" and parts.query:
        raise Unsupported("all parameters are in one place")
    if place == "header" and re.search(r"(^|&)(x_)?oauth_", parts.query):
        raise Unsupported("parameters of the query with this prefix move into the header field")


def sign(asked):
    support(asked)
    argv = POINTER(c_char_p)()
    argc = c_int(lib.oauth_split_url_parameters(octets(asked["url"]), byref(argv)))
    hooks = [("oauth_timestamp", asked["timestamp"]), ("oauth_nonce", asked["nonce"])]
    hooks += [(f"oauth_{n}", asked[n]) for n in ("callback", "verifier") if asked[n] is not None]
    for name, value in [*(asked["form"] or []), *hooks]:
        lib.oauth_add_param_to_array(byref(argc), byref(argv), octets(f"{name}={value}"))
    token = asked["token"] or {"identifier": None, "sharedSecret": None}
    secrets = asked["client"]["sharedSecret"], token["sharedSecret"]
    if asked["signatureMethod"] == "RSA-SHA1":
        # The secrets joined are the key.
        secrets = asked["client"]["privateKey"], None
    body = c_char_p()
    lib.oauth_sign_array2_process(
        byref(argc),
        byref(argv),
        byref(body) if asked["transmission"] == "form-body" else None,
        METHODS[asked["signatureMethod"]],
        octets(asked["method"]),
        octets(asked["client"]["identifier"]),
        octets(secrets[0]),
        octets(token["identifier"]),
        octets(secrets[1]),
    )
    match asked["transmission"]:
        case "query":
            return {"url": serialized(argc, 0, argv, b"&", 0)}
        case "form-body":
            return {"body": serialized(argc, 1, argv, b"&", 0)}
    # 2: only what begins with oauth_; 4: with quotation marks.
    return {"authorization": f"OAuth {serialized(argc, 1, argv, b', ', 2 | 4)}"}


def serialized(argc, *rest):
    return text(lib.oauth_serialize_url_sep(argc, *rest))


with open("/usr/include/oauth.h") as header:
    version = re.search(r'LIBOAUTH_VERSION "(.+)"', header.read())[1]

serve(
    {
        "name": "liboauth",
        "version": version,
        "language": "C",
        "signatureMethods": list(METHODS),
        "transmissions": ["header", "query", "form-body"],
        "ownVersion": True,
    },
    {"percent-encode": percent_encode, "signature": sign_base_string, "sign": sign},
)
