# RFC 5849 §3.4.1.2: the path is signed as it is sent. Look at the semicolon at its end.
from oauthlib.oauth1.rfc5849.signature import base_string_uri

print("expected http://example.com/photos;")
print("received", base_string_uri("http://example.com/photos;"))
