# RFC 5849 §3.4.1.2: the base string URI is http or https. The RFC does not ask a signer for a check.
from oauthlib.oauth1.rfc5849.signature import base_string_uri

print("expected an error, because ftp is neither http nor https")
try:
    print("received", base_string_uri("ftp://example.com/"))
except ValueError as error:
    print("received error:", error)
