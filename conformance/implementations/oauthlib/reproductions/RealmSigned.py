# RFC 5849 §3.4.1.3.1: the realm is not signed. RFC 2617 §1.2: its name is case-insensitive.
from oauthlib.oauth1.rfc5849.signature import collect_parameters

print("expected [('oauth_nonce', 'n')]")
print("received", collect_parameters(headers={"Authorization": 'OAuth Realm="Photos", oauth_nonce="n"'}))
