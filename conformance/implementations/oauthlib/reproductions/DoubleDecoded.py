# RFC 5849 §3.4.1.3.1: a query is decoded once. Here oauth_callback is http://client/?a=%20.
from oauthlib.oauth1.rfc5849.signature import collect_parameters

query = "oauth_callback=http%3A%2F%2Fclient%2F%3Fa%3D%2520"
print("expected [('oauth_callback', 'http://client/?a=%20')]")
print("received", collect_parameters(uri_query=query))
