# RFC 5849 §3.5.1, RFC 2617 §1.2: a comma in a quoted-string does not end it.
require "simple_oauth"

puts "expected a, b"
begin
  puts "received #{SimpleOAuth::Header.parse('OAuth realm="a, b", oauth_nonce="n"')[:realm]}"
rescue StandardError => e
  puts "received error: #{e.message.lines.first}"
end
