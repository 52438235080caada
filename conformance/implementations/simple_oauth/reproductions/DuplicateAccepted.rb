# RFC 5849 §3.2: the server rejects duplicated protocol parameters, here the nonce.
require "simple_oauth"

header = 'OAuth oauth_nonce="a", oauth_nonce="b", oauth_signature_method="PLAINTEXT", oauth_signature="secret%26"'
puts "expected an error, because oauth_nonce comes twice"
puts "received #{SimpleOAuth::Header.new("GET", "https://example.com/", {}, header).valid?(consumer_secret: "secret")}"
