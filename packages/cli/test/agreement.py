"""Signs the `sign` requests of the conformance protocol with oauthlib: one per line, in and out.

Each answer is the signature base string and the signature, both computed by oauthlib.
"""

import json
import sys
from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature


@lru_cache
def private_key(pem):
    return load_pem_private_key(pem.encode(), None)


def protocol_parameters(asked):
    token = asked["token"]
    parameters = [
        ("oauth_consumer_key", asked["client"]["identifier"]),
        ("oauth_token", token and token["identifier"]),
        ("oauth_signature_method", asked["signatureMethod"]),
        ("oauth_timestamp", asked["timestamp"]),
        ("oauth_nonce", asked["nonce"]),
        ("oauth_version", asked["version"]),
        ("oauth_callback", asked["callback"]),
        ("oauth_verifier", asked["verifier"]),
    ]
    return [(name, value) for name, value in parameters if value is not None]


for line in sys.stdin:
    asked = json.loads(line)
    parameters = signature.collect_parameters(urlsplit(asked["url"]).query)
    parameters += [tuple(pair) for pair in asked["form"] or []] + protocol_parameters(asked)
    base_string = signature.signature_base_string(
        asked["method"],
        signature.base_string_uri(asked["url"]),
        signature.normalize_parameters(parameters),
    )
    client = SimpleNamespace(
        client_secret=asked["client"]["sharedSecret"],
        resource_owner_secret=asked["token"] and asked["token"]["sharedSecret"],
    )
    if "privateKey" in asked["client"]:
        client.rsa_key = private_key(asked["client"]["privateKey"])
    sign = Client.SIGNATURE_METHODS[asked["signatureMethod"]]
    print(json.dumps({"baseString": base_string, "signature": sign(base_string, client)}))
