# RFC 5849 §3.1: with PLAINTEXT, timestamp and nonce may be omitted.
from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint


class Validator(RequestValidator):
    timestamp_lifetime = 10**12
    allowed_signature_methods = ["PLAINTEXT"]
    dummy_client = "dummy"

    def check_client_key(self, client_key):
        return True

    def check_nonce(self, nonce):
        return True

    def validate_client_key(self, client_key, request):
        return True

    def validate_timestamp_and_nonce(self, *_args, **_kwargs):
        return True

    def get_client_secret(self, client_key, request):
        return "secret"


authorization = (
    'OAuth oauth_consumer_key="client", oauth_signature_method="PLAINTEXT", '
    'oauth_signature="secret%26"'
)
headers = {"Authorization": authorization}
valid, _ = SignatureOnlyEndpoint(Validator()).validate_request("https://example.com/", headers=headers)
print("expected True")
print("received", valid)
