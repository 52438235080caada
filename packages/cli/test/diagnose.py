"""Asks `oauth1 signer` to diagnose wrong signatures, and checks each answer with HMAC alone.

Usage: diagnose.py <command of the signer>. Prints one JSON object a request. Uses nothing but the
standard library: what is right and what is wrong is written here once more, after RFC 5849.
"""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from urllib.parse import quote

HASHES = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256, "HMAC-SHA512": hashlib.sha512}
CLIENT, TOKEN = "kd94 hf93/k423+kf44", "pfkkdhi9&sl3r4s00"


def encode(text):
    return quote(text, safe="-._~")


def plus(text):
    return encode(text).replace("%20", "+")


def digest(method, key, base_string):
    return hmac.new(key.encode(), base_string.encode(), HASHES[method]).digest()


def in_base64(octets):
    return base64.b64encode(octets).decode()


def request(method, encoder=encode, keep_query=True, verb="GET", path="/photos", key=None, write=in_base64):
    """A request as it is sent, signed according to the arguments."""
    query = [("file", "a vacation.jpg"), ("size", "original!")]
    oauth = [
        ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
        ("oauth_token", "nnch734d00sl2jdk"),
        ("oauth_signature_method", method),
        ("oauth_timestamp", "137131202"),
        ("oauth_nonce", "chapoH"),
    ]
    pairs = sorted((encoder(n), encoder(v)) for n, v in (query if keep_query else []) + oauth)
    parameters = "&".join(f"{n}={v}" for n, v in pairs)
    url = "http://photos.example.net" + path
    base_string = "&".join(encode(part) for part in (verb, url, parameters))
    key = f"{encode(CLIENT)}&{encode(TOKEN)}" if key is None else key
    signature = write(digest(method, key, base_string))
    header = ", ".join(f'{n}="{encode(v)}"' for n, v in oauth + [("oauth_signature", signature)])
    sent = "&".join(f"{encode(n)}={encode(v)}" for n, v in query)
    return {
        "method": "GET",
        "url": f"http://photos.example.net/photos?{sent}",
        "headers": [["Authorization", "OAuth " + header]],
        "body": None,
        "clientSharedSecret": CLIENT,
        "tokenSharedSecret": TOKEN,
    }, signature, base_string


CASES = {
    "SpaceAsPlus": {"encoder": plus},
    "ReservedUnencoded": {"encoder": lambda text: quote(text, safe="-._~!")},
    "DoubleEncoded": {"encoder": lambda text: encode(encode(text))},
    "QueryNotSigned": {"keep_query": False},
    "MethodOverridden": {"verb": "POST"},
    "MethodCase": {"verb": "get"},
    "TrailingSlashAdded": {"path": "/photos/"},
    "TokenSecretMissing": {"key": encode(CLIENT) + "&"},
    "SecretNotEncoded": {"key": f"{CLIENT}&{TOKEN}"},
    "SecretsSwapped": {"key": f"{encode(TOKEN)}&{encode(CLIENT)}"},
    "HexDigest": {"write": bytes.hex},
    "Base64Unpadded": {"write": lambda octets: in_base64(octets).rstrip("=")},
    "SpaceAsPlus,TokenSecretMissing": {"encoder": plus, "key": encode(CLIENT) + "&"},
}
UNKNOWN = {"key": "something else"}


def main():
    signer = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    count = 0

    def ask(**asked):
        nonlocal count
        count += 1
        signer.stdin.write(json.dumps({"id": count, **asked}) + "\n")
        signer.stdin.flush()
        answered = json.loads(signer.stdout.readline())
        assert answered.pop("id") == count
        return answered

    description = ask(command="describe")
    assert "diagnose" in description["commands"], description
    for method in HASHES:
        right, _, _ = request(method)
        assert ask(command="diagnose", **right) == {"valid": True}
        unknown, _, _ = request(method, **UNKNOWN)
        assert ask(command="diagnose", **unknown) == {"valid": False, "causes": []}
        for name, wrong in CASES.items():
            asked, signature, signed = request(method, **wrong)
            for claimed in ({}, {"baseString": signed}):
                answer = ask(command="diagnose", **asked, **claimed)
                assert set(answer) == {"valid", "causes"} and answer["valid"] is False, answer
                assert len(answer["causes"]) > 0, (name, method)
                for cause in answer["causes"]:
                    assert set(cause) == {"mistakes", "section", "baseString", "key"}, cause
                    assert cause["section"].startswith("§3."), cause
                    made = digest(method, cause["key"], cause["baseString"])
                    write = wrong.get("write", in_base64)
                    assert write(made) == signature, (name, cause)
                first = ",".join(sorted(answer["causes"][0]["mistakes"]))
                print(json.dumps({"method": method, "made": name, "answered": first}))
    signer.stdin.write('{"command":"stop"}\n')
    signer.stdin.flush()
    assert signer.wait(60) == 0


main()
