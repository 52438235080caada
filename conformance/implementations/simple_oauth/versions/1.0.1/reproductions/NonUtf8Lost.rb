# frozen_string_literal: true

# RFC 5849 §3.6: the octet FF is encoded as %FF. %EF%BF%BD is U+FFFD, the replacement character.
require "simple_oauth"

pairs = SimpleOAuth::Header.form_pairs("a=%ff")
puts "expected a=%FF"
puts "received #{pairs.map { |pair| pair.map { |part| SimpleOAuth::Header.escape(part) }.join("=") }.join}"
