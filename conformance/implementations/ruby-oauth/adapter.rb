# frozen_string_literal: true

require_relative "../protocol/protocol"
require "oauth"
require "oauth/client/net_http"
require "oauth/signature/plaintext"
require "oauth/signature/rsa/sha1"
require "oauth/version"

SCHEMES = { "header" => :header, "query" => :query_string, "form-body" => :body }.freeze

# A Net::HTTP request, and the connection over which it would be sent.
def http_request(asked)
  uri = URI.parse(asked["url"])
  Protocol.support(uri.is_a?(URI::HTTP), "Net::HTTP is for http and https")
  http = Net::HTTP.new(uri.host, uri.port)
  http.use_ssl = uri.scheme == "https"
  has_body = !asked["form"].nil? || !asked["body"].nil? || %w[POST PUT PATCH].include?(asked["method"])
  request = Net::HTTPGenericRequest.new(asked["method"], has_body, true, uri.request_uri)
  request.set_form_data(asked["form"]) if asked["form"]
  request.body = Base64.decode64(asked["body"]) if asked["body"]
  [uri, http, request]
end

def sign(asked)
  %w[callback verifier].each { |name| Protocol.support(asked[name] != "", "an empty #{name} is left out") }
  uri, http, request = http_request(asked)
  secret = asked["signatureMethod"] == "RSA-SHA1" ? "privateKey" : "sharedSecret"
  consumer = OAuth::Consumer.new(asked["client"]["identifier"], asked["client"][secret])
  token = asked["token"] && OAuth::AccessToken.new(consumer, *asked["token"].values_at("identifier", "sharedSecret"))
  options = {
    scheme: SCHEMES[asked["transmission"]],
    signature_method: asked["signatureMethod"],
    nonce: asked["nonce"],
    timestamp: asked["timestamp"],
    realm: asked["realm"],
    oauth_callback: asked["callback"],
    oauth_verifier: asked["verifier"],
    # As in the consumer's own two requests.
    token_request: !asked["callback"].nil? || !asked["verifier"].nil?,
  }
  request.oauth!(http, consumer, token, options.compact)
  case asked["transmission"]
  when "header" then { "authorization" => request["Authorization"] }
  when "query" then { "url" => "#{uri.scheme}://#{uri.host}:#{uri.port}#{request.path}" }
  else { "body" => request.body }
  end
end

def base_string(asked)
  names = asked["parameters"].map(&:first)
  Protocol.support(!names.include?("realm"), "a realm is never among the parameters of a proxy")
  # The proxy for Net::HTTP reads query and form of a request, and the URL from its options.
  request = Net::HTTPGenericRequest.new(asked["method"], true, true, "/#{asked["url"][/\?[^#]*/]}")
  request.set_form_data(asked["form"]) if asked["form"]
  parameters = OAuth::RequestProxy.proxy(request).parameters
  asked["parameters"].each { |name, value| parameters[name] += [value] }
  options = { uri: asked["url"], parameters: parameters, clobber_request: true }
  { "result" => OAuth::RequestProxy.proxy(request, options).signature_base_string }
end

Protocol.serve(
  {
    "name" => "ruby-oauth",
    "version" => OAuth::VERSION,
    "language" => "Ruby",
    "signatureMethods" => ["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"],
    "transmissions" => SCHEMES.keys,
    "ownVersion" => true,
  },
  {
    "percent-encode" => lambda { |asked|
      Protocol.support(asked.key?("text"), "escape takes text")
      { "result" => OAuth::Helper.escape(asked["text"]) }
    },
    "base-string" => method(:base_string),
    "sign" => method(:sign),
  },
)
