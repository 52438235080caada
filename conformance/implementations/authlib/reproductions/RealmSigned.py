# RFC 5849 §3.4.1.3.1: the realm is not signed. RFC 2617 §1.2: its name is case-insensitive.
from authlib.oauth1.rfc5849.signature import generate_signature_base_string
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

headers = {"Authorization": 'OAuth Realm="Photos", oauth_nonce="n"'}
request = OAuth1Request("GET", "https://example.com/", None, headers)
print("expected GET&https%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn")
print("received", generate_signature_base_string(request))
