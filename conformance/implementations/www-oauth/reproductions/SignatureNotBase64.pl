# RFC 5849 §3.4.3: oauth_signature is the RSA signature in base64.
# See what the header field has where the signer is an object, as WWW::OAuth documents it.
use strict;
use warnings;
use Crypt::OpenSSL::RSA;
use URI::Escape 'uri_unescape';
use WWW::OAuth;

my $oauth = WWW::OAuth->new(
    client_id => 'ck',
    client_secret => '',
    signature_method => 'RSA-SHA1',
    signer => Crypt::OpenSSL::RSA->generate_key(1024),
);
my $header = $oauth->authorization_header({method => 'GET', url => 'http://example.com/'});
my ($signature) = $header =~ /oauth_signature="([^"]*)"/;
my $is_base64 = uri_unescape($signature) =~ m{^[A-Za-z0-9+/]+=*$};
print "expected base64\n";
print 'received ', ($is_base64 ? 'base64' : 'octets that are not base64'), "\n";
