# RFC 5849 §3.4.1.3.1: the octets of the query are signed, whatever they encode. Look at the %25FF.
from authlib.common.urls import url_decode
from authlib.oauth1.rfc5849.signature import construct_base_string

url = "http://example.com/?a=%FF"
print("expected GET&http%3A%2F%2Fexample.com%2F&a%3D%25FF")
print("received", construct_base_string("GET", url, url_decode("a=%FF")))
