# RFC 5849 §3.4.1.2: the scheme and the host are in lower case.
# See the base string URI, the second element of the signature base string.
use strict;
use warnings;
use Net::OAuth;

my $request = Net::OAuth->request('consumer')->new(
    consumer_key => 'ck',
    consumer_secret => 'cs',
    request_method => 'GET',
    request_url => 'HTTP://EXAMPLE.com/',
    signature_method => 'HMAC-SHA1',
    timestamp => '137131201',
    nonce => 'n',
);
$request->sign;
print 'expected GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_version%3D1.0', "\n";
print 'received ', $request->signature_base_string, "\n";
