"""Makes random signed requests with mistakes in their signatures, for the tests of the diagnosis.

It shares nothing with the package: what is right comes from oauthlib, and each mistake is written here
once more, as a signer in Python would make it.

    inject.py make SEED COUNT MISTAKES   prints COUNT requests, each signed with so many mistakes
    inject.py check                      reads requests with the names of mistakes, and says of each
                                         whether those mistakes make the signature that it carries
"""

import base64
import hashlib
import hmac
import itertools
import json
import random
import sys
from urllib.parse import quote, unquote_plus

from oauthlib.oauth1.rfc5849 import signature as oauthlib_signature
from oauthlib.oauth1.rfc5849 import utils as oauthlib_utils

HASHES = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}

# The number of variants of each mistake.
MISTAKES = {
    "SpaceAsPlus": 2,
    "ReservedUnencoded": 2,
    "UnreservedEncoded": 2,
    "LowerCaseHex": 2,
    "DoubleEncoded": 2,
    "EncodedOnce": 1,
    "SlashUnencoded": 2,
    "Latin1Octets": 2,
    "NonBmp": 3,
    "NonUtf8Lost": 1,
    "ElementsNotEncoded": 2,
    "CallbackEncodedTwice": 2,
    "QueryNotSigned": 1,
    "QuerySignedTwice": 1,
    "FormNotSigned": 1,
    "BodySignedAsForm": 2,
    "DuplicateDropped": 2,
    "DuplicatesJoined": 1,
    "BracketsAdded": 1,
    "DecodedSort": 1,
    "JoinedSort": 1,
    "CaseInsensitiveSort": 2,
    "UnsortedValues": 2,
    "Unsorted": 3,
    "EmptyValueDropped": 3,
    "EmptyTokenAdded": 1,
    "EmptyTokenOmitted": 1,
    "VersionNotSigned": 1,
    "VersionAlwaysSigned": 1,
    "RealmSigned": 1,
    "SignatureSigned": 1,
    "CallbackNotSigned": 1,
    "VerifierNotSigned": 1,
    "BodyHashNotSigned": 1,
    "PlusKept": 1,
    "NameWithoutEqualsDropped": 1,
    "SplitAtSecondEquals": 2,
    "QueryKept": 1,
    "FragmentKept": 1,
    "DefaultPortKept": 1,
    "PortDropped": 1,
    "HostCase": 2,
    "SchemeCase": 2,
    "SchemeSwapped": 1,
    "EmptyPathKept": 1,
    "TrailingSlashAdded": 1,
    "TrailingSlashDropped": 1,
    "PathDecoded": 1,
    "PathEncodedAgain": 2,
    "PathLowerCased": 1,
    "PathParametersLost": 1,
    "DotSegmentsRemoved": 1,
    "BasePathDropped": 2,
    "UserinfoKept": 1,
    "HostReplaced": 1,
    "MethodCase": 2,
    "MethodOverridden": 3,
    "MissingAmpersandWithoutToken": 1,
    "SecretNotEncoded": 1,
    "SecretEncodedTwice": 1,
    "SecretsSwapped": 1,
    "TokenSecretMissing": 1,
    "ClientSecretMissing": 1,
    "SecretWhitespace": 4,
    "HexDigest": 1,
    "HexInBase64": 1,
    "Base64Url": 1,
    "Base64Unpadded": 1,
    "SignatureNotEncoded": 1,
    "SignatureEncodedTwice": 1,
    "WrongHash": 1,
}

SIGNATURE_MISTAKES = list(MISTAKES)[-7:]
KEY_MISTAKES = list(MISTAKES)[-14:-7]
# A signer cannot do both.
EXCLUDED = [
    {"DuplicateDropped", "DuplicatesJoined", "BracketsAdded"},
    {"DecodedSort", "JoinedSort", "CaseInsensitiveSort", "UnsortedValues", "Unsorted"},
    {"HexDigest", "HexInBase64", "Base64Url", "Base64Unpadded"},
    {"HexDigest", "HexInBase64", "SignatureNotEncoded", "SignatureEncodedTwice"},
    {"DoubleEncoded", "EncodedOnce", "ElementsNotEncoded"},
    {"QueryNotSigned", "QuerySignedTwice"},
    {"EmptyPathKept", "TrailingSlashAdded", "TrailingSlashDropped"},
    {"PathDecoded", "PathEncodedAgain"},
    {"HostCase", "HostReplaced"},
    {"SchemeCase", "SchemeSwapped"},
    {"DefaultPortKept", "PortDropped"},
    {"Latin1Octets", "NonBmp"},
    {"MethodCase", "MethodOverridden"},
    {"SecretNotEncoded", "SecretEncodedTwice"},
    {"SecretsSwapped", "TokenSecretMissing", "ClientSecretMissing"},
    {"UnreservedEncoded", "ReservedUnencoded", "SlashUnencoded"},
]


class Rsa:
    """One key pair for a run. Omitted if python3-cryptography is missing."""

    key = None
    public_pem = None

    @classmethod
    def prepare(cls):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        cls.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        cls.public_pem = cls.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()

    @classmethod
    def sign(cls, name, text):
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        return cls.key.sign(text.encode(), padding.PKCS1v15(), getattr(hashes, name)())


# ---------------------------------------------------------------------------------------- requests

NAMES = ["a", "b", "B", "name", "Name", "id", "a-b", "a.b", "q", "file", "Z", "zoom", "x y", "é", "status", "a[0]", "~t"]
VALUES = [
    "", "", "1", "20", "3", "vacation.jpg", "a b", "r b", "Hello Ladies + Gentlemen, a signed OAuth request!",
    "a/b/c", "100%", "é", "naïve café", "☃", "emoji 😀", "𝒳", "don't (stop) *now*!", "a=b", "x==", "k&v", "~tilde",
    "A", "Z", "under_score", "-.-", "http://example.com/cb?x=1&y=2", "日本語", "+1", "a,b", ";", "[1]",
]
SEGMENTS = ["1.1", "statuses", "update.json", "photos", "Resource", "a%20b", "caf%C3%A9", "x%2Fy", "v2;matrix=1", "b;x", "~u", "(a)", "API"]


def random_text(rng):
    if rng.random() < 0.75:
        return rng.choice(VALUES)
    alphabet = "abcXYZ019 -._~!*'()+/=&%;,:@é☃😀"
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 12)))


def random_pairs(rng, most):
    pairs = [(rng.choice(NAMES), random_text(rng)) for _ in range(rng.randrange(most + 1))]
    if pairs and rng.random() < 0.3:
        pairs.append((rng.choice(pairs)[0], random_text(rng)))
    rng.shuffle(pairs)
    return pairs


def spelled(rng, text):
    """A part of a query or a form in one of the spellings that clients send."""
    style = rng.random()
    if style < 0.5:
        return quote(text, safe="~")
    if style < 0.75:
        return quote(text, safe="~ ").replace(" ", "+")
    if style < 0.9:
        return quote(text, safe="!'()*~")
    return quote(text, safe="")


def spelled_pairs(rng, pairs):
    pieces = []
    for name, value in pairs:
        if value == "" and name and rng.random() < 0.4:
            pieces.append(spelled(rng, name))
        else:
            tail = spelled(rng, value)
            if rng.random() < 0.3:
                tail = tail.replace("%3D", "=")
            pieces.append(spelled(rng, name).replace("=", "%3D") + "=" + tail)
    return "&".join(pieces)


def random_secret(rng):
    plain = "".join(rng.choice("abcdefghkmnpqrstuvwxyz0123456789") for _ in range(rng.randrange(8, 24)))
    return plain + rng.choice(["", "", "+/=", "&x", "%41", "é", "!(1)"])


def random_request(rng, rsa):
    request = {}
    request["method"] = rng.choice(["GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH"])
    scheme = rng.choice(["http", "https"])
    host = rng.choice(["example.com", "api.example.net", "127.0.0.1", "photos.example.org", "[2001:db8::1]"])
    port = rng.choice(["", "", "", ":8080", ":80", ":443", ":3000"])
    path = "/" + "/".join(rng.choice(SEGMENTS) for _ in range(rng.randrange(0, 4)))
    if rng.random() < 0.15:
        path = path.rstrip("/") + rng.choice(["/../x", "/./y", "/a/../b"])
    if path != "/" and rng.random() < 0.25:
        path += "/"
    request.update(scheme=scheme, host=host, port=port, path=path, userinfo="", fragment="", capitals=0)
    if rng.random() < 0.08:
        request["userinfo"] = "user:pass@"
    if rng.random() < 0.1:
        request["fragment"] = "#section-2"
    if rng.random() < 0.15:
        request["capitals"] = rng.randrange(1, 3)

    query = random_pairs(rng, 4)
    request["query"] = spelled_pairs(rng, query)
    if rng.random() < 0.06:
        octets = rng.choice(["%FF", "caf%E9", "%c3%28", "a%E2%82", "%F0%9F%98"])
        request["query"] += ("&" if request["query"] else "") + "name=" + octets
    body_kind = rng.choice(["none", "form", "form", "json", "text"]) if request["method"] in ("POST", "PUT", "PATCH") else "none"
    if body_kind == "form":
        request["form"] = spelled_pairs(rng, random_pairs(rng, 4) or [("c", "2")])
    elif body_kind == "json":
        request["json"] = json.dumps({rng.choice(["text", "a"]): rng.choice(["hello world", "x&y=z", "é"]), "n": rng.randrange(9)})
    elif body_kind == "text":
        request["json"] = rng.choice(["plain text", "a=1&b=two words", "k=v"])
    request["body_kind"] = body_kind

    if rsa and rng.random() < 0.08:
        method = "RSA-" + rng.choice(list(HASHES))
    else:
        method = rng.choice(["HMAC-SHA1"] * 8 + ["HMAC-SHA256", "HMAC-SHA512"])
    request["signature_method"] = method
    protocol = [
        ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
        ("oauth_nonce", "%032x" % rng.getrandbits(128)),
        ("oauth_signature_method", method),
        ("oauth_timestamp", "1191242096"),
    ]
    request["client_secret"] = random_secret(rng)
    request["token_secret"] = ""
    token = rng.random()
    if token < 0.6:
        protocol.append(("oauth_token", "nnch734d00sl2jdk"))
        request["token_secret"] = random_secret(rng)
    elif token < 0.75:
        protocol.append(("oauth_token", ""))
    if rng.random() < 0.6:
        protocol.append(("oauth_version", "1.0"))
    if rng.random() < 0.2:
        protocol.append(("oauth_callback", rng.choice(["http://printer.example.com/ready", "oob", "https://example.com/cb?a=b c"])))
    if rng.random() < 0.15:
        protocol.append(("oauth_verifier", "hfdp7dh39dks9884"))
    if body_kind in ("json", "text") and rng.random() < 0.5:
        digest = HASHES[method.split("-")[1]](request["json"].encode()).digest()
        protocol.append(("oauth_body_hash", base64.b64encode(digest).decode()))
    rng.shuffle(protocol)
    request["protocol"] = protocol
    request["realm"] = rng.choice([None, "Photos", "http://example.com/"])
    places = ["header", "header", "header", "query"] + (["form"] if body_kind == "form" else [])
    request["place"] = rng.choice(places)
    request["internal_host"] = "internal.example:9000"
    request["prefix"] = "/gateway"
    return request


# ------------------------------------------------------------------------------------------ signer


def split_pairs(form, mistakes):
    pairs = []
    for piece in form.split("&"):
        if piece == "":
            continue
        if "=" not in piece and "NameWithoutEqualsDropped" in mistakes:
            continue
        name, _, value = piece.partition("=")
        if "=" in value and "SplitAtSecondEquals" in mistakes:
            if mistakes["SplitAtSecondEquals"] == 0:
                value = value.split("=")[0]
            else:
                name, _, value = piece.rpartition("=")
        if "PlusKept" in mistakes:
            name, value = name.replace("+", "%2B"), value.replace("+", "%2B")
        # Python keeps octets that are not UTF-8 as lone surrogates, or replaces them by U+FFFD.
        errors = "replace" if "NonUtf8Lost" in mistakes else "surrogateescape"
        pairs.append((unquote_plus(name, errors=errors), unquote_plus(value, errors=errors)))
    return pairs


def is_astral(character):
    return ord(character) > 0xFFFF


def octets_of(text):
    return text.encode("utf-8", "surrogateescape")


def encode(text, mistakes, is_inner):
    """Percent-encoding of a signer that makes the given mistakes."""
    if "NonBmp" in mistakes and any(map(is_astral, text)):
        variant = mistakes["NonBmp"]
        if variant == 0:
            # Encodes each half of a surrogate pair separately.
            octets = b"".join(
                b"".join(
                    bytes([0xE0 | unit >> 12, 0x80 | unit >> 6 & 63, 0x80 | unit & 63])
                    for unit in memoryview(character.encode("utf-16-le")).cast("H")
                )
                if is_astral(character)
                else octets_of(character)
                for character in text
            )
        else:
            mark = "" if variant == 1 else "?"
            octets = octets_of("".join(mark if is_astral(character) else character for character in text))
    elif "Latin1Octets" in mistakes:
        octets = octets_of(text).decode("latin-1").encode()
        if mistakes["Latin1Octets"] == 0:
            is_octet = lambda character: ord(character) < 0x100 or 0xDC80 <= ord(character) <= 0xDCFF
            written = "".join(character if is_octet(character) else "?" for character in text)
            octets = written.encode("latin-1", "surrogateescape")
    else:
        octets = octets_of(text)
    safe = "~"
    if "ReservedUnencoded" in mistakes:
        safe += "!'()*" if mistakes["ReservedUnencoded"] == 0 else "!'()*;,/?:@&=+$#"
    if "SlashUnencoded" in mistakes and (is_inner or mistakes["SlashUnencoded"] == 0):
        safe += "/"
    encoded = quote(octets, safe=safe)
    if "SpaceAsPlus" in mistakes and (is_inner or mistakes["SpaceAsPlus"] == 0):
        encoded = encoded.replace("%20", "+")
    if "UnreservedEncoded" in mistakes:
        encoded = encoded.replace("~", "%7E")
        if mistakes["UnreservedEncoded"] == 1:
            encoded = encoded.replace("-", "%2D").replace(".", "%2E").replace("_", "%5F")
    if "LowerCaseHex" in mistakes and (is_inner or mistakes["LowerCaseHex"] == 0):
        parts = encoded.split("%")
        encoded = parts[0] + "".join("%" + part[:2].lower() + part[2:] for part in parts[1:])
    return encoded


def without_dot_segments(path):
    kept = []
    segments = path.split("/")[1:]
    for index, segment in enumerate(segments):
        if segment in (".", ".."):
            if segment == ".." and kept:
                kept.pop()
            if index == len(segments) - 1:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)


def base_string_uri(request, mistakes):
    scheme, host, port, path = (request[part] for part in ("scheme", "host", "port", "path"))
    default = {"http": ":80", "https": ":443"}
    if "SchemeSwapped" in mistakes:
        scheme = "https" if scheme == "http" else "http"
        if port == "":
            pass
        elif port == default[request["scheme"]]:
            port = ""
    if "HostReplaced" in mistakes:
        host, port = "internal.example", ":9000"
    if "PortDropped" in mistakes:
        port = ""
    if port == default[scheme]:
        port = ""
    if "DefaultPortKept" in mistakes and port == "":
        port = default[scheme]
    if "HostCase" in mistakes:
        host = host.upper() if mistakes["HostCase"] == 0 else host[:1].upper() + host[1:]
    if "SchemeCase" in mistakes:
        scheme = scheme.upper() if mistakes["SchemeCase"] == 0 else scheme.capitalize()
    if "BasePathDropped" in mistakes:
        if mistakes["BasePathDropped"] == 1:
            path = request["prefix"] + path
        elif path.count("/") > 1:
            path = "/" + path.split("/", 2)[2]
    if "DotSegmentsRemoved" in mistakes:
        path = without_dot_segments(path)
    if "PathParametersLost" in mistakes:
        path = "/".join(segment.split(";")[0] for segment in path.split("/"))
    if "TrailingSlashDropped" in mistakes and len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    if "TrailingSlashAdded" in mistakes and not path.endswith("/"):
        path += "/"
    if "EmptyPathKept" in mistakes and path == "/":
        path = ""
    if "PathLowerCased" in mistakes:
        path = path.lower()
    if "PathDecoded" in mistakes:
        path = unquote_plus(path.replace("+", "%2B"))
    if "PathEncodedAgain" in mistakes:
        path = path.replace("%", "%25") if mistakes["PathEncodedAgain"] == 0 else quote(path, safe="/~")
    userinfo = request["userinfo"] if "UserinfoKept" in mistakes else ""
    uri = scheme + "://" + userinfo + host + port + path
    if "QueryKept" in mistakes and request["query"]:
        uri += "?" + request["query"]
    if "FragmentKept" in mistakes:
        uri += request["fragment"]
    return uri


def collect(request, mistakes):
    query = split_pairs(request["query"], mistakes)
    form = split_pairs(request.get("form", ""), mistakes)
    protocol = list(request["protocol"])
    if request.get("callback_encoded_twice") and mistakes.get("CallbackEncodedTwice") != 1:
        # Another explanation of a request from a signer with this mistake.
        protocol = [(name, quote(value, safe="~") if name == "oauth_callback" else value) for name, value in protocol]
    names = {name for name, _ in protocol}

    def drop(name):
        protocol[:] = [pair for pair in protocol if pair[0] != name]

    if "QueryNotSigned" in mistakes:
        query = []
    if "QuerySignedTwice" in mistakes:
        query = query + query
    if "FormNotSigned" in mistakes:
        form = []
    if "BodySignedAsForm" in mistakes and "json" in request:
        if mistakes["BodySignedAsForm"] == 0:
            form = split_pairs(request["json"], mistakes)
        elif request["body_kind"] == "json":
            form = [(name, str(value)) for name, value in json.loads(request["json"]).items()]
    if "VersionNotSigned" in mistakes:
        drop("oauth_version")
    if "VersionAlwaysSigned" in mistakes and "oauth_version" not in names:
        protocol.append(("oauth_version", "1.0"))
    if "EmptyTokenAdded" in mistakes and "oauth_token" not in names:
        protocol.append(("oauth_token", ""))
    if "EmptyTokenOmitted" in mistakes and ("oauth_token", "") in protocol:
        drop("oauth_token")
    if "CallbackNotSigned" in mistakes:
        drop("oauth_callback")
    if "VerifierNotSigned" in mistakes:
        drop("oauth_verifier")
    if "BodyHashNotSigned" in mistakes:
        drop("oauth_body_hash")
    if "RealmSigned" in mistakes and request["realm"] is not None and request["place"] == "header":
        protocol.append(("realm", request["realm"]))
    if "SignatureSigned" in mistakes:
        protocol.append(("oauth_signature", ""))
    if mistakes.get("CallbackEncodedTwice") == 0:
        protocol = [(name, quote(value, safe="~") if name == "oauth_callback" else value) for name, value in protocol]
    return query, protocol, form


def normalize(request, mistakes):
    query, protocol, form = collect(request, mistakes)
    pairs = query + protocol + form
    if mistakes.get("Unsorted") == 0:
        pairs = protocol + query + form
    if "DuplicateDropped" in mistakes:
        pairs = list(dict(pairs if mistakes["DuplicateDropped"] == 0 else reversed(pairs)).items())
    grouped = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    if "DuplicatesJoined" in mistakes:
        pairs = [(name, ",".join(values)) for name, values in grouped.items()]
    if "BracketsAdded" in mistakes:
        pairs = [(name + "[]" if len(grouped[name]) > 1 else name, value) for name, value in pairs]
    if mistakes.get("EmptyValueDropped") == 0:
        pairs = [(name, value) for name, value in pairs if value != ""]
    if mistakes.get("EmptyValueDropped") == 2:
        pairs = [(name, value) for name, value in pairs if value != "" or name.startswith("oauth_")]
    if "DecodedSort" in mistakes:
        pairs.sort()

    def coded(text):
        if "EncodedOnce" in mistakes:
            return text
        once = encode(text, mistakes, True)
        return encode(once, mistakes, True) if "DoubleEncoded" in mistakes and mistakes["DoubleEncoded"] == 0 else once

    own = set(query + form)
    if mistakes.get("DoubleEncoded") == 1:
        # The parameters of query and form are not decoded before they are encoded.
        items = [(coded(name), coded(value), name, value) for name, value in pairs]
        items = [
            (encode(n, mistakes, True), encode(v, mistakes, True)) if not name.startswith("oauth_") and name != "realm" else (n, v)
            for n, v, name, value in items
        ]
    else:
        items = [(coded(name), coded(value)) for name, value in pairs]
    if "JoinedSort" in mistakes:
        items.sort(key="=".join)
    elif "CaseInsensitiveSort" in mistakes:
        if mistakes["CaseInsensitiveSort"] == 0:
            items.sort(key=lambda item: (item[0].lower(), item[1].lower()))
        else:
            items.sort(key=lambda item: (item[0].lower(), item[1]))
    elif "UnsortedValues" in mistakes:
        if mistakes["UnsortedValues"] == 1:
            items.sort(key=lambda item: item[1], reverse=True)
        items.sort(key=lambda item: item[0])
    elif "Unsorted" in mistakes:
        if mistakes["Unsorted"] == 2:
            is_oauth = lambda item: item[0].startswith("oauth")
            items = sorted(filter(is_oauth, items)) + sorted(item for item in items if not is_oauth(item))
    elif "DecodedSort" not in mistakes:
        items.sort()
    if mistakes.get("EmptyValueDropped") == 1:
        return "&".join(name if value == "" else name + "=" + value for name, value in items)
    return "&".join(name + "=" + value for name, value in items)


def base_string(request, mistakes):
    method = request["method"].upper()
    if "MethodOverridden" in mistakes:
        others = [other for other in ("POST", "GET", "PUT", "DELETE") if other != method]
        method = others[mistakes["MethodOverridden"] % len(others)]
    if "MethodCase" in mistakes:
        method = method.lower() if mistakes["MethodCase"] == 0 else method.capitalize()
    uri = base_string_uri(request, mistakes)
    parameters = normalize(request, mistakes)
    if "ElementsNotEncoded" in mistakes:
        if mistakes["ElementsNotEncoded"] == 0:
            return method + "&" + uri + "&" + parameters
        return method + "&" + encode(uri, mistakes, False) + "&" + parameters
    return method + "&" + encode(uri, mistakes, False) + "&" + encode(parameters, mistakes, False)


def signing_key(request, mistakes):
    client, token = request["client_secret"], request["token_secret"]
    if "SecretWhitespace" in mistakes:
        client, token = [
            (client + "\n", token),
            (client + " ", token),
            (client, token and token + "\n"),
            (client + "\r\n", token and token + "\r\n"),
        ][mistakes["SecretWhitespace"]]
    if "TokenSecretMissing" in mistakes:
        token = ""
    if "ClientSecretMissing" in mistakes:
        client = ""
    if "SecretsSwapped" in mistakes:
        client, token = token, client
    times = 0 if "SecretNotEncoded" in mistakes else 2 if "SecretEncodedTwice" in mistakes else 1
    for _ in range(times):
        client, token = quote(client, safe="~"), quote(token, safe="~")
    if token == "" and "MissingAmpersandWithoutToken" in mistakes:
        return client
    return client + "&" + token


def sign(request, mistakes):
    """The signature as a server reads it, or None if the request cannot have these mistakes."""
    kind, name = request["signature_method"].split("-")
    if "WrongHash" in mistakes:
        name = {"SHA1": "SHA256", "SHA256": "SHA1", "SHA512": "SHA1"}[name]
    text = base_string(request, mistakes)
    if kind == "RSA":
        digest = Rsa.sign(name, text)
    else:
        digest = hmac.new(signing_key(request, mistakes).encode(), text.encode(), HASHES[name]).digest()
    if "HexDigest" in mistakes:
        signature = digest.hex()
    elif "HexInBase64" in mistakes:
        signature = base64.b64encode(digest.hex().encode()).decode()
    else:
        signature = base64.b64encode(digest).decode()
    if "Base64Url" in mistakes:
        signature = signature.replace("+", "-").replace("/", "_")
    if "Base64Unpadded" in mistakes:
        signature = signature.rstrip("=")
    return signature


def sent_signature(request, mistakes):
    """The signature as it is written into the request."""
    signature = sign(request, mistakes)
    if "SignatureNotEncoded" in mistakes:
        return signature
    if "SignatureEncodedTwice" in mistakes:
        signature = quote(signature, safe="~")
    return quote(signature, safe="~")


def received_signature(request, mistakes):
    sent = sent_signature(request, mistakes)
    return unquote_plus(sent.replace("+", "%2B") if request["place"] == "header" else sent)


def wire(request, mistakes):
    """The request as a server receives it."""
    protocol = [
        (name, quote(value, safe="~") if name == "oauth_callback" and mistakes.get("CallbackEncodedTwice") == 1 else value)
        for name, value in request["protocol"]
    ]
    pieces = [(quote(name, safe="~"), quote(value, safe="~")) for name, value in protocol]
    pieces.append(("oauth_signature", sent_signature(request, mistakes)))
    form = "&".join(name + "=" + value for name, value in pieces)
    headers = []
    query, body = request["query"], request.get("form", request.get("json"))
    if request["body_kind"] == "form":
        headers.append(["Content-Type", "application/x-www-form-urlencoded"])
    elif body is not None:
        headers.append(["Content-Type", "application/json" if request["body_kind"] == "json" else "text/plain"])
    if request["place"] == "header":
        fields = ([] if request["realm"] is None else ['realm="%s"' % request["realm"]]) + ['%s="%s"' % piece for piece in pieces]
        headers.append(["Authorization", "OAuth " + ", ".join(fields)])
    elif request["place"] == "query":
        query = query + "&" + form if query else form
    else:
        body = body + "&" + form if body else form
    scheme, host = request["scheme"], request["host"]
    if request["capitals"] == 1:
        scheme, host = scheme.upper(), host.upper()
    elif request["capitals"] == 2:
        scheme, host = scheme.capitalize(), host[:1].upper() + host[1:]
    url = scheme + "://" + request["userinfo"] + host + request["port"] + request["path"]
    return {
        "method": request["method"],
        "url": url + ("?" + query if query else "") + request["fragment"],
        "headers": headers,
        "body": body,
    }


# ----------------------------------------------------------------------------------------- commands


# oauthlib itself replaces octets that are not UTF-8.
OAUTHLIB = {"NonUtf8Lost": 0}


def oauthlib_base_string(request):
    """The right base string and signature, according to oauthlib."""
    received = wire(request, {})
    headers = dict(map(tuple, received["headers"]))
    parameters = oauthlib_signature.collect_parameters(headers=headers)
    if request["place"] != "header":
        parameters = list(request["protocol"])
    parameters = split_pairs(request["query"], OAUTHLIB) + parameters + split_pairs(request.get("form", ""), {})
    normalized = oauthlib_signature.normalize_parameters(parameters)
    uri = oauthlib_signature.base_string_uri(received["url"])
    return oauthlib_signature.signature_base_string(received["method"], uri, normalized)


def is_possible(request, mistakes):
    if any(len(group & set(mistakes)) > 1 for group in EXCLUDED):
        return False
    return not (request["signature_method"].startswith("RSA") and set(KEY_MISTAKES) & set(mistakes))


def differs(request, mistakes):
    """Returns true if each of the mistakes has an effect in addition to the others."""
    whole = received_signature(request, mistakes)
    for size in range(len(mistakes)):
        for names in itertools.combinations(mistakes, size):
            some = {name: mistakes[name] for name in names}
            # A callback that is sent encoded twice is another request, with another right
            # signature.
            if ("CallbackEncodedTwice" in mistakes) != ("CallbackEncodedTwice" in some):
                if mistakes["CallbackEncodedTwice"] == 1:
                    if any(name == "oauth_callback" and quote(value, safe="~") != value for name, value in request["protocol"]):
                        continue
                    return False
            if received_signature(request, some) == whole:
                return False
    return True


def make(seed, count, number):
    rng = random.Random(seed)
    try:
        Rsa.prepare()
    except ImportError:
        print("python3-cryptography is missing: no RSA", file=sys.stderr)
    made = 0
    while made < count:
        names = rng.sample(list(MISTAKES), number)
        for _ in range(300):
            mistakes = {name: rng.randrange(MISTAKES[name]) for name in names}
            request = random_request(rng, Rsa.key is not None)
            if is_possible(request, mistakes) and differs(request, mistakes):
                break
        else:
            continue
        assert base_string(request, OAUTHLIB) == oauthlib_base_string(request)
        request["callback_encoded_twice"] = mistakes.get("CallbackEncodedTwice") == 1
        made += 1
        print(json.dumps({
            "request": wire(request, mistakes),
            "clientSharedSecret": request["client_secret"],
            "tokenSharedSecret": request["token_secret"],
            "publicKey": Rsa.public_pem,
            "hosts": [request["internal_host"]],
            "pathPrefixes": [request["prefix"]],
            "mistakes": names,
            "model": request,
            "signature": received_signature(request, mistakes),
            "right": base_string(request, {}),
        }))


def check():
    """Returns true if other mistakes produce the same request. RSA is compared by the base string."""
    for line in sys.stdin:
        asked = json.loads(line)
        request = asked["model"]
        request["protocol"] = list(map(tuple, request["protocol"]))
        names = asked["mistakes"]
        answers = False
        for variants in itertools.product(*(range(MISTAKES[name]) for name in names)):
            mistakes = dict(zip(names, variants))
            if request["signature_method"].startswith("RSA"):
                answers = answers or base_string(request, mistakes) == asked["baseString"]
            else:
                answers = answers or received_signature(request, mistakes) == asked["signature"]
        print(json.dumps(answers))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*map(int, sys.argv[2:]))
    else:
        check()
