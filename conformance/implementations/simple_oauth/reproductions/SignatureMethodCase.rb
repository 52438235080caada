# RFC 5849 §3.4: the names of signature methods are written in upper case, and compared as they are.
require "simple_oauth"

header = 'OAuth oauth_nonce="a", oauth_signature_method="plaintext", oauth_signature="secret%26"'
puts "expected an error, because plaintext is not a signature method"
puts "received #{SimpleOAuth::Header.new("GET", "https://example.com/", {}, header).valid?(consumer_secret: "secret")}"
