# frozen_string_literal: true

# RFC 5849 §3.5.1 and RFC 2617 §1.2: the realm is a quoted-string. Look at the solidus and the colon.
require "simple_oauth"

options = { consumer_key: "ck", consumer_secret: "cs", realm: "http://example.com/" }
header = SimpleOAuth::Header.new("GET", "http://example.com/", {}, options).to_s
puts 'expected realm="http://example.com/"'
puts "received #{header[/realm="[^"]*"/]}"
