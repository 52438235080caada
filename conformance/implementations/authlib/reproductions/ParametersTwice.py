# RFC 5849 §3.5.3: the protocol parameters are appended to the query. Look at how often each is there.
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth1 import ClientAuth

auth = ClientAuth("client", client_secret="secret", signature_type="QUERY")
url, _, _ = auth.prepare("GET", "https://example.com/", {}, "")
names = [name for name, _ in parse_qsl(urlsplit(url).query)]
print("expected oauth_consumer_key, oauth_nonce, once each")
print("received", ", ".join(sorted(name for name in names if name in ("oauth_consumer_key", "oauth_nonce"))))
