# frozen_string_literal: true

# A dance with Ruby's oauth, as its README shows it.
require "oauth"
require "uri"

$stdout.sync = true
consumer = OAuth::Consumer.new(
  ENV.fetch("CLIENT"),
  ENV.fetch("CLIENT_SECRET"),
  site: ENV.fetch("PROVIDER"),
  request_token_path: "/oauth/initiate",
  authorize_path: "/oauth/authorize",
  access_token_path: "/oauth/token",
)
callback = ENV.fetch("CALLBACK")
request_token = consumer.get_request_token(oauth_callback: callback)
puts request_token.authorize_url

answer = $stdin.gets.chomp
verifier = callback == "oob" ? answer : URI.decode_www_form(URI(answer).query).to_h["oauth_verifier"]
begin
  access_token = request_token.get_access_token(oauth_verifier: verifier)
rescue OAuth::Error => error
  puts "failed: #{error.class}: #{error.message}"
  exit
end
2.times do
  response = access_token.get(ENV.fetch("RESOURCE"))
  puts "#{response.code} #{response.body}"
rescue OAuth::Problem => error
  puts "#{error.request.code} #{error.message}"
ensure
  $stdin.gets
end
