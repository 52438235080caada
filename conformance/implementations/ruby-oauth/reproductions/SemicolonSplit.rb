# RFC 5849 §3.4.1.3.1, HTML 4.01 §17.13.4: an ampersand separates parameters, a semicolon does not.
require "net/http"
require "oauth"
require "oauth/request_proxy/net_http"

proxy = OAuth::RequestProxy.proxy(Net::HTTP::Get.new("/?a=1;b=2"), uri: "http://example.com/")
puts "expected a=1%3Bb%3D2"
puts "received #{proxy.normalized_parameters}"
