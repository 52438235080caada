# RFC 3986 §2: a URL has no raw space and no raw letter but ASCII's. RFC 5849 does not ask for a check.
from authlib.oauth1.rfc5849.signature import normalize_base_string_uri

print("expected an error, because the path has a raw space")
try:
    print("received", normalize_base_string_uri("http://example.com/a b"))
except ValueError as error:
    print("received error:", error)
