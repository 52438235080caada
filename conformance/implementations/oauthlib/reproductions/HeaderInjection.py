# RFC 5849 §3.5.1, RFC 2617 §1.2: the realm is a quoted-string, in which a quotation mark is escaped.
from oauthlib.oauth1.rfc5849.parameters import prepare_headers

print(r'expected OAuth realm="say \"hi\"", oauth_nonce="n"')
print("received", prepare_headers([("oauth_nonce", "n")], realm='say "hi"')["Authorization"])
