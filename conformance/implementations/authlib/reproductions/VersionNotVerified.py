# RFC 5849 §3.2: where oauth_version is present, the server checks that it is 1.0.
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
    'oauth_signature="secret%26token-secret", oauth_version="2.0"'
)
print("expected error: oauth_version is not 1.0")
try:
    Server().validate_request("GET", "https://example.com/", None, {"Authorization": authorization})
    print("received a valid request")
except OAuth1Error as error:
    print("received error:", error)
