use strict;
use warnings;
use FindBin '$Bin';
use lib "$Bin/../protocol";
use Crypt::OpenSSL::RSA;
use MIME::Base64;
use Protocol qw(serve support);
use WWW::OAuth;
use WWW::OAuth::Request::Basic;

sub sign {
    my ($asked) = @_;
    my %signer;
    # For RSA-SHA1 the signer is an object with a "sign" method "like Crypt::OpenSSL::RSA".
    $signer{signer} = Crypt::OpenSSL::RSA->new_private_key($asked->{client}{privateKey})
      if $asked->{signatureMethod} eq 'RSA-SHA1';
    my $oauth = WWW::OAuth->new(
        client_id => $asked->{client}{identifier},
        client_secret => $asked->{client}{sharedSecret},
        ($asked->{token} ? (token => $asked->{token}{identifier}, token_secret => $asked->{token}{sharedSecret}) : ()),
        signature_method => $asked->{signatureMethod},
        %signer,
    );
    my $request = WWW::OAuth::Request::Basic->new(method => $asked->{method}, url => $asked->{url});
    $request->set_form([map { @$_ } @{$asked->{form}}]) if $asked->{form};
    $request->content(decode_base64($asked->{body})) if defined $asked->{body};
    my %parameters = (oauth_timestamp => $asked->{timestamp}, oauth_nonce => $asked->{nonce});
    $parameters{realm} = $asked->{realm} if defined $asked->{realm};
    $parameters{"oauth_$_"} = $asked->{$_} for grep { defined $asked->{$_} } qw(callback verifier);
    return {authorization => $oauth->authorization_header($request, \%parameters)};
}

serve(
    {
        name => 'www-oauth',
        version => $WWW::OAuth::VERSION,
        language => 'Perl',
        signatureMethods => ['HMAC-SHA1', 'RSA-SHA1', 'PLAINTEXT'],
        transmissions => ['header'],
        ownVersion => JSON::PP::true,
    },
    {sign => \&sign},
);
