"""A signer by hand that omits the realm and writes a space as a plus. Like many JSON parsers, it cannot read a lone surrogate."""

import base64
import hashlib
import hmac
import json
import sys
from urllib.parse import parse_qsl, quote, urlsplit

DESCRIPTION = {
    "name": "two mistakes",
    "version": "1",
    "language": "Python",
    "commands": ["percent-encode", "sign"],
    "signatureMethods": ["HMAC-SHA1"],
    "transmissions": ["header"],
}


def encode(text):
    return quote(text, safe="-._~")


def sign(asked):
    url, token = urlsplit(asked["url"]), asked["token"] or {"identifier": None, "sharedSecret": ""}
    own = {
        "oauth_consumer_key": asked["client"]["identifier"],
        "oauth_token": token["identifier"],
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": asked["timestamp"],
        "oauth_nonce": asked["nonce"],
        "oauth_version": asked["version"],
        "oauth_callback": asked["callback"],
        "oauth_verifier": asked["verifier"],
    }
    own = [(name, value) for name, value in own.items() if value is not None]
    pairs = own + parse_qsl(url.query, keep_blank_values=True) + list(map(tuple, asked["form"] or []))
    pairs = sorted((encode(n).replace("%20", "+"), encode(v).replace("%20", "+")) for n, v in pairs)
    port = "" if url.port in (None, {"http": 80, "https": 443}[url.scheme]) else f":{url.port}"
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    uri = f"{url.scheme}://{host}{port}{url.path or '/'}"
    parts = [asked["method"].upper(), uri, "&".join("=".join(pair) for pair in pairs)]
    text = "&".join(map(encode, parts))
    key = encode(asked["client"]["sharedSecret"]) + "&" + encode(token["sharedSecret"])
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()
    own.append(("oauth_signature", base64.b64encode(digest).decode()))
    return {"authorization": "OAuth " + ", ".join(f'{n}="{encode(v)}"' for n, v in own)}


for line in sys.stdin:
    asked = json.loads(line)
    # Crashes if a string is not Unicode.
    json.dumps(asked, ensure_ascii=False).encode()
    if asked["command"] == "stop":
        break
    try:
        if asked["command"] == "describe":
            answer = DESCRIPTION
        elif asked["command"] == "sign":
            answer = sign(asked)
        elif asked.get("text") == "Ladies + Gentlemen":
            sys.exit("a crash")
        else:
            octets = base64.b64decode(asked["octets"]) if "octets" in asked else asked["text"]
            answer = {"result": encode(octets)}
    except (ValueError, KeyError) as error:
        answer = {"error": str(error)}
    print(json.dumps({"id": asked["id"], **answer}), flush=True)
