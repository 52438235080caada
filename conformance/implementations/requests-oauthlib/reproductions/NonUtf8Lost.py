# RFC 5849 §3.4.1.3.1: the octets of the query are signed as they are sent. The expected signature is
# of the base string with a=%FF, by openssl; the received one is of the base string with a=%EF%BF%BD.
from requests import Request
from requests_oauthlib import OAuth1

auth = OAuth1("client", client_secret="secret", nonce="n", timestamp="137131200")
sent = Request("GET", "http://example.com/?a=%FF", auth=auth).prepare()
print("expected n2%2Fnl4d5Qqce4L66ehjm1ql6mrI%3D")
print("received", sent.headers["Authorization"].decode().split('oauth_signature="')[1].rstrip('"'))
