# RFC 5849 §3.5.1: names in the header field are percent-encoded, as values are.
from oauthlib.oauth1.rfc5849.signature import collect_parameters

print("expected [('oauth_token', 'a')]")
print("received", collect_parameters(headers={"Authorization": 'OAuth oauth%5Ftoken="a"'}))
