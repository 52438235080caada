# RFC 5849 §3.5.1: a header field of another scheme has no protocol parameters; here the query has them.
from oauthlib.oauth1.rfc5849.signature import collect_parameters

print("expected [('oauth_nonce', 'n')]")
try:
    headers = {"Authorization": "Basic dXNlcjo="}
    print("received", collect_parameters(uri_query="oauth_nonce=n", headers=headers))
except ValueError as error:
    print("received error:", error)
