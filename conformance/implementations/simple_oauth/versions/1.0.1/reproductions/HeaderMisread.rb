# frozen_string_literal: true

# RFC 5849 §3.5.1 and RFC 2616 §2.2: a value is a quoted-string, in which a quotation mark is escaped.
require "simple_oauth"

puts "expected nonce n"
begin
  puts "received nonce #{SimpleOAuth::Header.parse('OAuth realm="a\\"b", oauth_nonce="n"')[:nonce]}"
rescue StandardError => e
  puts "received error: #{e.message.lines.first}"
end
