# RFC 5849 §3.5.2: the protocol parameters are added to the form. Look at a=1, which the query has.
require "net/http"
require "oauth"
require "oauth/client/net_http"

request = Net::HTTP::Post.new("/?a=1")
request.set_form_data("b" => "2")
consumer = OAuth::Consumer.new("client", "secret")
request.oauth!(Net::HTTP.new("example.com"), consumer, nil, scheme: "body")
others = request.body.split("&").reject { |parameter| parameter.start_with?("oauth_") }
puts "expected #{request.path} b=2"
puts "received #{request.path} #{others.join("&")}"
