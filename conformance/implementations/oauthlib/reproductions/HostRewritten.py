# RFC 5849 §3.4.1.2: host and port are those of the Host header field, in lower case.
from oauthlib.oauth1.rfc5849.signature import base_string_uri

print("expected http://[2001:db8:0:0:0:0:0:a]/")
print("received", base_string_uri("http://[2001:DB8:0:0:0:0:0:A]/"))
