"""Reads received requests, one JSON object per line, and prints whether oauthlib verifies each."""

import json
import sys

from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint


class Examples(RequestValidator):
    enforce_ssl = False
    timestamp_lifetime = 10**10
    client_key_length = nonce_length = access_token_length = (1, 100)

    def validate_client_key(self, client_key, request):
        return client_key == "dpf43f3p2l4k3l03"

    def get_client_secret(self, client_key, request):
        return "kd94hf93k423kf44"

    def validate_timestamp_and_nonce(self, *arguments, **named):
        return True


endpoint = SignatureOnlyEndpoint(Examples())
for line in sys.stdin:
    received = json.loads(line)
    valid, _ = endpoint.validate_request(
        received["url"], received["method"], received["body"], received["headers"]
    )
    print(json.dumps(valid), flush=True)
