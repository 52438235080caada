# RFC 5849 §3.5.1: a header field of another scheme has no protocol parameters; here the query has them.
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

url = "https://example.com/?oauth_consumer_key=client"
print("expected client")
try:
    print("received", OAuth1Request("GET", url, None, {"Authorization": "Basic dXNlcjo="}).client_id)
except ValueError as error:
    print("received error:", error)
