"""Signs requests with oauthlib: one JSON object per line, in and out.

The first line contains the RSA private key, and each other line a request. The answer is the
signature base string and the signature, both made by oauthlib.
"""

import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from oauthlib.common import Request
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature

key = load_pem_private_key(json.loads(sys.stdin.readline())["privateKey"].encode(), None)

for line in sys.stdin:
    asked = json.loads(line)
    client = Client(
        asked["identifier"],
        client_secret=asked["clientSharedSecret"],
        resource_owner_key=asked["token"],
        resource_owner_secret=asked["tokenSharedSecret"],
        signature_method=asked["signatureMethod"],
    )
    client.rsa_key = key
    request = Request(asked["url"], asked["method"])
    request.oauth_params = client.get_oauth_params(request)
    parameters = signature.collect_parameters(request.uri_query) + request.oauth_params
    base_string = signature.signature_base_string(
        request.http_method,
        signature.base_string_uri(request.uri),
        signature.normalize_parameters(parameters),
    )
    sign = client.SIGNATURE_METHODS[asked["signatureMethod"]]
    print(json.dumps({"baseString": base_string, "signature": sign(base_string, client)}))
