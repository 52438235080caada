# RFC 5849 §3.4.1.3.1: a value of the header field is decoded once. Here the nonce is "a%25".
from authlib.oauth1.rfc5849.signature import generate_signature_base_string
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

headers = {"Authorization": 'OAuth oauth_nonce="a%2525"'}
request = OAuth1Request("GET", "https://example.com/", None, headers)
print("expected GET&https%3A%2F%2Fexample.com%2F&oauth_nonce%3Da%252525")
print("received", generate_signature_base_string(request))
