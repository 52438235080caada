# RFC 5849 §3.4.1.3.1, RFC 2616 §3.7: a media type is case-insensitive. Look whether the form is read.
from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint

headers = {"Content-Type": "Application/X-WWW-Form-URLEncoded"}
endpoint = SignatureOnlyEndpoint(RequestValidator())
_, request = endpoint.validate_request("https://example.com/?oauth_nonce=n", "POST", "a=1", headers)
print("expected [('oauth_nonce', 'n'), ('a', '1')]")
print("received", request.params)
