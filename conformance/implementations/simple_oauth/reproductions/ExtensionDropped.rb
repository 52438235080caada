# RFC 5849 §3.4.1.3.1: all parameters of the header field but the realm are signed. The signature is of
# GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dclient%26oauth_nonce%3Dn%26oauth_session_handle%3Dx
# %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131200, by openssl.
require "simple_oauth"

header = 'OAuth oauth_consumer_key="client", oauth_nonce="n", oauth_session_handle="x", ' \
         'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", ' \
         'oauth_signature="4lr%2BPim%2FfoLHIgliYCb2dSoytzk%3D"'
received = SimpleOAuth::Header.new("GET", "http://example.com/", {}, header)
puts "expected true"
puts "received #{received.valid?(consumer_secret: "secret", ignore_extra_keys: true)}"
