# RFC 5849 §3.4.1.2: the base string URI has host and port of the Host header field, and no userinfo.
require "simple_oauth"

puts "expected http://example.com/"
puts "received #{SimpleOAuth::Header.new("GET", "http://user@example.com/", {}).url}"
