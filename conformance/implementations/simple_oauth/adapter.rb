# frozen_string_literal: true

require_relative "../protocol/protocol"
require "simple_oauth"

def secrets(client, token)
  { consumer_secret: client, token_secret: token }
end

def sign(asked)
  Protocol.support(asked["realm"].nil?, "no realm")
  secret = asked["signatureMethod"] == "RSA-SHA1" ? "privateKey" : "sharedSecret"
  oauth = {
    consumer_key: asked["client"]["identifier"],
    consumer_secret: asked["client"][secret],
    token: asked.dig("token", "identifier"),
    token_secret: asked.dig("token", "sharedSecret"),
    signature_method: asked["signatureMethod"],
    timestamp: asked["timestamp"],
    nonce: asked["nonce"],
    callback: asked["callback"],
    verifier: asked["verifier"],
  }.compact
  header = SimpleOAuth::Header.new(asked["method"], asked["url"], asked["form"] || [], oauth)
  { "authorization" => header.to_s }
end

def verify(asked)
  authorization = Protocol.header(asked, "Authorization")
  Protocol.support(authorization&.match?(/\AOAuth\s/), "an Authorization header field only")
  form = Protocol.form(asked)
  header = SimpleOAuth::Header.new(asked["method"], asked["url"], form, authorization)
  method = header.options[:signature_method]
  accepted = asked["signatureMethods"] || METHODS
  return { "valid" => false, "problem" => "signature_method_rejected" } unless accepted.include?(method)

  Protocol.support(method != "RSA-SHA1", "RSA only with the private key")
  { "valid" => header.valid?(secrets(asked["clientSharedSecret"], asked["tokenSharedSecret"])) }
end

METHODS = ["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"].freeze

Protocol.serve(
  {
    "name" => "simple_oauth",
    "version" => Gem::Specification.find_by_name("simple_oauth").version.to_s,
    "language" => "Ruby",
    "signatureMethods" => METHODS,
    "transmissions" => ["header"],
    "ownVersion" => true,
  },
  {
    "percent-encode" => lambda { |asked|
      Protocol.support(asked.key?("text"), "escape takes text")
      { "result" => SimpleOAuth::Header.escape(asked["text"]) }
    },
    "sign" => method(:sign),
    "verify" => method(:verify),
  },
)
