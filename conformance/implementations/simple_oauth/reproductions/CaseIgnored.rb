# RFC 5849 §3.6: U+212A, the Kelvin sign, is not a letter of ASCII, so it is encoded.
require "simple_oauth"

puts "expected %E2%84%AA"
puts "received #{SimpleOAuth::Header.escape("\u212a").force_encoding("UTF-8")}"
