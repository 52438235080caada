# RFC 5849 §3.5.1, RFC 2617 §1.2: the realm is a quoted-string, in which a quotation mark is escaped.
require "net/http"
require "oauth"
require "oauth/client/net_http"

request = Net::HTTP::Get.new("/")
consumer = OAuth::Consumer.new("client", "secret")
request.oauth!(Net::HTTP.new("example.com"), consumer, nil, realm: 'say "hi"')
puts 'expected OAuth realm="say \"hi\""'
puts "received #{request["Authorization"].split(", oauth_").first}"
