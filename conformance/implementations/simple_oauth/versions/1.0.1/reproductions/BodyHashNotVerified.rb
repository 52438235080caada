# frozen_string_literal: true

# OAuth Request Body Hash §3.2: a request without a body has the hash of an empty one. Here a body has been
# removed after it was signed.
require "simple_oauth"

url = "http://example.com/"
options = { consumer_key: "ck", consumer_secret: "cs", nonce: "n", timestamp: "1" }
header = SimpleOAuth::Header.new("POST", url, {}, options, "text").to_s
received = SimpleOAuth::Header.new("POST", url, {}, header, nil)
puts "expected false"
puts "received #{received.valid?(consumer_secret: "cs")}"
