# RFC 5849 §3.4.1.3.1: all values of the header field are decoded, not only those of oauth_ names.
from oauthlib.oauth1.rfc5849.signature import collect_parameters

print("expected [('x_user', 'a b')]")
print("received", collect_parameters(headers={"Authorization": 'OAuth x_user="a%20b"'}))
