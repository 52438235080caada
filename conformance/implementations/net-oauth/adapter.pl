use strict;
use warnings;
use FindBin '$Bin';
use lib "$Bin/../protocol";
use Crypt::OpenSSL::RSA;
use Net::OAuth;
use Protocol qw(serve support);

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;

# The type of the message for each purpose, and the parameters of the type.
sub message_type {
    my ($asked) = @_;
    my $token = $asked->{token};
    support(!(defined $asked->{callback} && defined $asked->{verifier}), 'no callback beside a verifier');
    if (defined $asked->{callback}) {
        support(!$token, 'no token beside a callback');
        return ('request token', callback => $asked->{callback});
    }
    return ('consumer') if !$token && !defined $asked->{verifier};
    support($token, 'no verifier without a token');
    my @token = (token => $token->{identifier}, token_secret => $token->{sharedSecret});
    return ('access token', @token, verifier => $asked->{verifier}) if defined $asked->{verifier};
    return ('protected resource', @token);
}

# Extra parameters are a hash, so each name occurs once.
sub extra_params {
    my ($form) = @_;
    my %extra = map { @$_ } @{$form || []};
    support(keys %extra == @{$form || []}, 'names come once');
    return \%extra;
}

# A message's URL and its body contain all parameters of the query and the form.
sub support_transmission {
    my ($asked) = @_;
    my $place = $asked->{transmission};
    support($place ne 'query' || !$asked->{form}, 'no form beside a signed URL');
    support($place ne 'form-body' || $asked->{url} !~ /\?/, 'no query beside a signed form');
}

sub sign {
    my ($asked) = @_;
    support_transmission($asked);
    my ($type, @parameters) = message_type($asked);
    my $is_rsa = $asked->{signatureMethod} eq 'RSA-SHA1';
    my $request = Net::OAuth->request($type)->new(
        consumer_key => $asked->{client}{identifier},
        consumer_secret => $asked->{client}{sharedSecret},
        request_url => $asked->{url},
        request_method => $asked->{method},
        signature_method => $asked->{signatureMethod},
        timestamp => $asked->{timestamp},
        nonce => $asked->{nonce},
        extra_params => extra_params($asked->{form}),
        ($is_rsa ? (signature_key => Crypt::OpenSSL::RSA->new_private_key($asked->{client}{privateKey})) : ()),
        @parameters,
    );
    $request->sign;
    my %carried = (
        header => sub { authorization => $request->to_authorization_header($asked->{realm}) },
        query => sub { url => '' . $request->to_url },
        'form-body' => sub { body => $request->to_post_body },
    );
    return {
        baseString => $request->signature_base_string,
        signature => $request->signature,
        $carried{$asked->{transmission}}->(),
    };
}

serve(
    {
        name => 'net-oauth',
        version => $Net::OAuth::VERSION,
        language => 'Perl',
        signatureMethods => ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'],
        transmissions => ['header', 'query', 'form-body'],
        ownVersion => JSON::PP::true,
    },
    {sign => \&sign},
);
