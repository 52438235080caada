# RFC 5849 §3.4.1.3.1: the query is decoded, and "%C3%A9" is encoded again as it was.
# See the value of "a" in the signature base string.
use strict;
use warnings;
use Net::OAuth;

my $request = Net::OAuth->request('consumer')->new(
    consumer_key => 'ck',
    consumer_secret => 'cs',
    request_method => 'GET',
    request_url => 'http://example.com/?a=%C3%A9',
    signature_method => 'HMAC-SHA1',
    timestamp => '137131201',
    nonce => 'n',
);
$request->sign;
print 'expected GET&http%3A%2F%2Fexample.com%2F&a%3D%25C3%25A9%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_version%3D1.0', "\n";
print 'received ', $request->signature_base_string, "\n";
