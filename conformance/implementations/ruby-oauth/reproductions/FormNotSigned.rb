# RFC 5849 §3.4.1.3.1: the parameters of a form are signed, whatever the method. Look at b=2.
require "net/http"
require "oauth"
require "oauth/request_proxy/net_http"

request = Net::HTTP::Patch.new("/")
request.set_form_data("b" => "2")
proxy = OAuth::RequestProxy.proxy(request, uri: "http://example.com/")
puts "expected PATCH&http%3A%2F%2Fexample.com%2F&b%3D2"
puts "received #{proxy.signature_base_string}"
