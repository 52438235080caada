# RFC 5849 §3.4.1.2: the base string URI is http or https. The RFC does not ask a signer for a check.
require "net/http"
require "oauth"
require "oauth/request_proxy/net_http"

puts "expected an error, because ftp is neither http nor https"
puts "received #{OAuth::RequestProxy.proxy(Net::HTTP::Get.new("/"), uri: "ftp://example.com/").normalized_uri}"
