# frozen_string_literal: true

require "base64"
require "json"
require "uri"

# The conformance protocol on standard input and output, for adapters in Ruby.
module Protocol
  FORM = "application/x-www-form-urlencoded"

  # The implementation cannot do what is asked: no failure.
  class Unsupported < StandardError; end

  module_function

  # Answers each line by the block of its command.
  def serve(description, commands)
    $stdout.sync = true
    $stdin.set_encoding("UTF-8")
    while (line = $stdin.gets("\n"))
      asked = read(line)
      break if asked["command"] == "stop"

      described = description.merge("commands" => commands.keys)
      answer = asked["command"] == "describe" ? described : answer_of(commands, asked)
      puts JSON.generate({ "id" => asked["id"] }.merge(answer))
    end
  end

  # Text that is no Unicode text is in no string of this language: the line is answered all the same.
  def read(line)
    JSON.parse(line)
  rescue JSON::ParserError
    { "id" => line[/\A\{"id":(\d+)/, 1].to_i, "command" => nil }
  end

  def answer_of(commands, asked)
    raise Unsupported, "no such command" unless commands.key?(asked["command"])

    commands[asked["command"]].call(asked)
  rescue Unsupported => e
    { "unsupported" => e.message }
  rescue Exception => e # the oauth gem's own errors are no StandardError
    { "error" => "#{e.class}: #{e.message}".encode("UTF-8", invalid: :replace, undef: :replace) }
  end

  def support(holds, what)
    raise Unsupported, what unless holds
  end

  # The fields of one name, joined as HTTP joins them; nil where there is none.
  def header(asked, name)
    values = asked["headers"].select { |(key, _)| key.casecmp?(name) }.map { |(_, value)| value.gsub(/\r?\n[ \t]+/, " ") }
    values.empty? ? nil : values.join(", ")
  end

  # The pairs of a form body, for a library whose caller reads it. Where the reading decides whether
  # the request is valid, it is the caller's answer and not the library's.
  def form(asked)
    return [] unless asked["body"]

    support(header(asked, "Content-Type") == FORM, "its caller decides whether a body is a form")
    URI.decode_www_form(Base64.decode64(asked["body"]).force_encoding("UTF-8"))
  rescue ArgumentError
    raise Unsupported, "its caller reads the form"
  end
end
