# RFC 5849 §3.5.1: the auth-scheme "OAuth" is case-insensitive.
require "simple_oauth"

puts "expected n"
begin
  puts "received #{SimpleOAuth::Header.parse('oauth oauth_nonce="n"')[:nonce]}"
rescue StandardError => e
  puts "received error: #{e.message.lines.first}"
end
