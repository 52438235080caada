# RFC 5849 §3.4.1.3.1: only the realm of the header field is not signed, not that of the query.
from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint

headers = {"Authorization": 'OAuth realm="Photos", oauth_nonce="n"'}
endpoint = SignatureOnlyEndpoint(RequestValidator())
_, request = endpoint.validate_request("https://example.com/?realm=a", headers=headers)
print("expected [('oauth_nonce', 'n'), ('realm', 'a')]")
print("received", request.params)
