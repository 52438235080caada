# Body Hash extension §3.2: a server that supports it compares oauth_body_hash with the body.
from authlib.oauth1 import ResourceProtector
from authlib.oauth1.errors import OAuth1Error


class Server(ResourceProtector):
    EXPIRY_TIME = None
    SUPPORTED_SIGNATURE_METHODS = ["PLAINTEXT"]

    def get_client_by_id(self, client_id):
        return self

    def get_token_credential(self, request):
        return self

    def exists_nonce(self, nonce, request):
        return False

    def get_client_secret(self):
        return "secret"

    def get_oauth_token_secret(self):
        return "token-secret"


authorization = (
    'OAuth oauth_consumer_key="client", oauth_token="token", oauth_signature_method="PLAINTEXT", '
    'oauth_signature="secret%26token-secret", oauth_body_hash="AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"'
)
print("expected error: the body hash is not that of the body")
try:
    Server().validate_request("POST", "https://example.com/", b"", {"Authorization": authorization})
    print("received a valid request")
except OAuth1Error as error:
    print("received error:", error)
