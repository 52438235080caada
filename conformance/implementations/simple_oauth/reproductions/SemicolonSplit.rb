# RFC 5849 §3.4.1.3.1, HTML 4.01 §17.13.4: an ampersand separates parameters, a semicolon does not.
require "simple_oauth"

oauth = { consumer_key: "client", consumer_secret: "secret", nonce: "n", timestamp: "137131200" }
semicolon = SimpleOAuth::Header.new("GET", "http://example.com/?a=1;b=2", {}, oauth).to_s
ampersand = SimpleOAuth::Header.new("GET", "http://example.com/?a=1&b=2", {}, oauth).to_s
puts "expected different signatures for one parameter and for two"
puts "received #{semicolon == ampersand ? "the same signature" : "different signatures"}"
