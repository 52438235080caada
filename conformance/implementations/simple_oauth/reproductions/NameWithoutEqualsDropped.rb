# RFC 5849 §3.4.1.3.1: a name without "=" is a parameter with an empty value, and is signed.
require "simple_oauth"

oauth = { consumer_key: "client", consumer_secret: "secret", nonce: "n", timestamp: "137131200" }
with = SimpleOAuth::Header.new("GET", "http://example.com/?a", {}, oauth).to_s
without = SimpleOAuth::Header.new("GET", "http://example.com/", {}, oauth).to_s
puts "expected different signatures with and without ?a"
puts "received #{with == without ? "the same signature" : "different signatures"}"
