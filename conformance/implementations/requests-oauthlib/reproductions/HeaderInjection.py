# RFC 5849 §3.5.1, RFC 2617 §1.2: the realm is a quoted-string, in which a quotation mark is escaped.
from requests import Request
from requests_oauthlib import OAuth1

auth = OAuth1("client", client_secret="secret", realm='say "hi"', nonce="n", timestamp="137131200")
sent = Request("GET", "http://example.com/", auth=auth).prepare()
print(r'expected OAuth realm="say \"hi\""')
print("received", sent.headers["Authorization"].decode().split(", oauth_")[0])
