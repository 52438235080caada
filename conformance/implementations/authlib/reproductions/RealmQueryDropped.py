# RFC 5849 §3.4.1.3.1: only the realm of the header field is not signed; this one is in the query.
from authlib.common.urls import url_decode
from authlib.oauth1.rfc5849.signature import construct_base_string

url = "http://example.com/?realm=a"
print("expected GET&http%3A%2F%2Fexample.com%2F&realm%3Da")
print("received", construct_base_string("GET", url, url_decode("realm=a")))
