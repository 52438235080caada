# RFC 5849 §3.5.1: the realm is a quoted-string of RFC 2617, in which no character is percent-encoded.
# See the realm of the header field.
use strict;
use warnings;
use WWW::OAuth;

my $oauth = WWW::OAuth->new(client_id => 'ck', client_secret => 'cs');
my $header = $oauth->authorization_header(
    {method => 'GET', url => 'http://example.com/'},
    {realm => 'http://example.com/'},
);
my ($received) = $header =~ /(realm="[^"]*")/;
print 'expected realm="http://example.com/"', "\n";
print "received $received\n";
