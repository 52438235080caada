# RFC 5849 §3.5: a request has its protocol parameters in one place; here the query has a nonce, too.
require "simple_oauth"

header = 'OAuth oauth_nonce="a", oauth_signature_method="PLAINTEXT", oauth_signature="secret%26"'
url = "https://example.com/?oauth_nonce=b"
puts "expected an error, because oauth_nonce is in two places"
puts "received #{SimpleOAuth::Header.new("GET", url, {}, header).valid?(consumer_secret: "secret")}"
