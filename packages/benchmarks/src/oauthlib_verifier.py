"""Verifies requests with oauthlib, and prints how long it takes.

Reads one JSON object a line: first the credentials, then the requests, then a number of calls for each
measurement, for which it prints the nanoseconds per call.
"""

import json
import sys
import time

from oauthlib.oauth1 import RequestValidator, ResourceEndpoint


class Validator(RequestValidator):
    """Knows one client and one token, and remembers nonces in a set."""

    enforce_ssl = False
    dummy_client = "unknown-client-identifier"
    dummy_access_token = "unknown-token-identifier"
    client_key_length = (1, 100)
    access_token_length = (1, 100)
    nonce_length = (1, 100)
    safe_characters = set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    def __init__(self, credentials):
        super().__init__()
        self.client = credentials["client"]
        self.token = credentials["token"]
        self.spent = set()

    def validate_client_key(self, client_key, request):
        return client_key == self.client["identifier"]

    def validate_access_token(self, client_key, token, request):
        return token == self.token["identifier"]

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def validate_timestamp_and_nonce(
        self, client_key, timestamp, nonce, request, request_token=None, access_token=None
    ):
        key = (client_key, access_token, timestamp, nonce)
        if key in self.spent:
            return False
        self.spent.add(key)
        return True

    def get_client_secret(self, client_key, request):
        return self.client["sharedSecret"]

    def get_access_token_secret(self, client_key, token, request):
        return self.token["sharedSecret"]


def main():
    """Answers each line."""
    validator = Validator(json.loads(sys.stdin.readline()))
    endpoint = ResourceEndpoint(validator)
    requests = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        calls = int(line)
        validator.spent.clear()
        start = time.perf_counter_ns()
        for call in range(calls):
            request = requests[call % len(requests)]
            if call % len(requests) == 0:
                validator.spent.clear()
            valid, _ = endpoint.validate_protected_resource_request(
                request["url"], request["method"], None, request["headers"]
            )
            if not valid:
                raise SystemExit("oauthlib must accept a valid request")
        print((time.perf_counter_ns() - start) / calls, flush=True)


main()
