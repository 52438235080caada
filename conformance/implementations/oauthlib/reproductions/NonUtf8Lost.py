# RFC 5849 §3.4.1.3.1: the octets of the query are signed, whatever they encode.
from oauthlib.oauth1.rfc5849.signature import collect_parameters, normalize_parameters

print("expected a=%FF")
print("received", normalize_parameters(collect_parameters(uri_query="a=%FF")))
