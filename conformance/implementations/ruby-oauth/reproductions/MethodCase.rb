# RFC 5849 §3.4.1.1: the method is signed in upper case.
require "net/http"
require "oauth"
require "oauth/request_proxy/net_http"

request = Net::HTTPGenericRequest.new("version_control", false, true, "/")
proxy = OAuth::RequestProxy.proxy(request, uri: "http://example.com/")
puts "expected VERSION_CONTROL&http%3A%2F%2Fexample.com%2F&"
puts "received #{proxy.signature_base_string}"
