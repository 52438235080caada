# Body Hash extension §3.2: a server that supports it compares oauth_body_hash with the body.
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
    'oauth_signature="secret%26", oauth_timestamp="1371312000", oauth_nonce="n", '
    'oauth_body_hash="AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"'
)
headers = {"Authorization": authorization, "Content-Type": "text/plain"}
endpoint = SignatureOnlyEndpoint(Validator())
valid, _ = endpoint.validate_request("https://example.com/", "POST", "Hello", headers)
print("expected False")
print("received", valid)
