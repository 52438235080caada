# RFC 5849 §3.4.1.3.1: the query is any of RFC 3986 §3.4, which allows a raw apostrophe.
from authlib.common.urls import url_decode

print("expected [('name', \"O'Neill\")]")
try:
    print("received", url_decode("name=O'Neill"))
except ValueError as error:
    print("received error:", error)
