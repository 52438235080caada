# RFC 5849 §3.5.1: the realm is a quoted-string of RFC 2617, in which \ precedes a quotation mark.
# See the realm of the header field.
use strict;
use warnings;
use Net::OAuth;

my $request = Net::OAuth->request('consumer')->new(
    consumer_key => 'ck',
    consumer_secret => 'cs',
    request_method => 'GET',
    request_url => 'http://example.com/',
    signature_method => 'HMAC-SHA1',
    timestamp => '137131201',
    nonce => 'n',
);
$request->sign;
print 'expected OAuth realm="a\\"b"', "\n";
print 'received ', $request->to_authorization_header('a"b') =~ s/,.*//r, "\n";
