# frozen_string_literal: true

require_relative "../protocol/protocol"
require "simple_oauth"

# Version 0.4 brought realms, SHA-256, RSA keys to verify with, and the hash of a body.
IS_SINCE_0_4 = defined?(SimpleOAuth::Signature)

def sign(asked)
  Protocol.support(asked["realm"].nil? || IS_SINCE_0_4, "no realm")
  secret = asked["signatureMethod"].start_with?("RSA") ? "privateKey" : "sharedSecret"
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
    realm: asked["realm"],
  }.compact
  header = SimpleOAuth::Header.new(asked["method"], asked["url"], asked["form"] || [], oauth)
  { "authorization" => header.to_s }
end

def verify(asked)
  authorization = Protocol.header(asked, "Authorization")
  Protocol.support(authorization&.match?(/\AOAuth\s/i), "an Authorization header field only")
  form = Protocol.form(asked)
  # A body that is not a form: its hash is compared with the one that was signed.
  body = [Base64.decode64(asked["body"])] if IS_SINCE_0_4 && asked["body"] && form.empty?
  header = SimpleOAuth::Header.new(asked["method"], asked["url"], form, authorization, *body)
  method = header.options[:signature_method]
  rejected = METHODS - (asked["signatureMethods"] || METHODS)
  Protocol.support(!rejected.include?(method), "its caller decides which methods to accept")
  is_rsa = method.to_s.start_with?("RSA")
  Protocol.support(!is_rsa || (IS_SINCE_0_4 && asked["publicKey"]), "RSA only with the private key")
  Protocol.support(complete?(header.options), "valid? compares signatures, and leaves the rest to its caller")
  # Without ignore_extra_keys it raises for a realm.
  secret = is_rsa ? "publicKey" : "clientSharedSecret"
  secrets = { consumer_secret: asked[secret], token_secret: asked["tokenSharedSecret"] }
  { "valid" => header.valid?(secrets.merge(ignore_extra_keys: true)) }
end

# What a server has to check besides the signature (RFC 5849 §3.2).
def complete?(options)
  required = options[:signature_method] == "PLAINTEXT" ? %i[consumer_key] : %i[consumer_key timestamp nonce]
  required.all? { |name| options.key?(name) } &&
    options.fetch(:timestamp, "1").match?(/\A[1-9][0-9]*\z/) &&
    options.fetch(:version, "1.0") == "1.0"
end

# The loaded code tells its version since 0.4; the gem's specification may be that of another one.
VERSION = if IS_SINCE_0_4
            SimpleOAuth::VERSION
          else
            Gem::Specification.find_by_name("simple_oauth").version.to_s
          end

METHODS = ["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT", *(["HMAC-SHA256", "RSA-SHA256"] if IS_SINCE_0_4)].freeze

Protocol.serve(
  {
    "name" => "simple_oauth",
    "version" => VERSION,
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
