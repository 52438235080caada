# RFC 5849 §3.4.1.3.2: names are encoded first and sorted then: "%5B" comes before "A".
require "oauth"

puts "expected %5B=1&A=2"
puts "received #{OAuth::Helper.normalize("[" => "1", "A" => "2")}"
