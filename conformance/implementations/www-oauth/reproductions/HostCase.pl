# RFC 5849 §3.4.1.2: the host is in lower case.
# See the base string URI, the second element of the signature base string.
use strict;
use warnings;
use WWW::OAuth;

# A signer that shows the signature base string in place of a signature.
my $received;
my $oauth = WWW::OAuth->new(
    client_id => 'ck',
    client_secret => 'cs',
    signer => sub { $received = $_[0] },
);
$oauth->authorization_header(
    {method => 'GET', url => 'http://EXAMPLE.com/'},
    {oauth_timestamp => '137131201', oauth_nonce => 'n'},
);
print 'expected GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_version%3D1.0', "\n";
print "received $received\n";
