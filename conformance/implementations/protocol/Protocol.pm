# The conformance protocol on standard input and output, for adapters in Perl.
package Protocol;

use strict;
use warnings;
use Exporter 'import';
use JSON::PP ();
use Scalar::Util 'blessed';

our @EXPORT_OK = qw(serve support);

# Answers each line by the function of its command.
sub serve {
    my ($description, $commands) = @_;
    my $json = JSON::PP->new->utf8->canonical;
    $| = 1;
    binmode STDIN;
    binmode STDOUT;
    local $/ = "\n";
    while (my $line = <STDIN>) {
        my $asked = $json->decode($line);
        last if $asked->{command} eq 'stop';
        my $answer =
          $asked->{command} eq 'describe'
          ? {%$description, commands => [sort keys %$commands]}
          : answer_of($commands, $asked);
        print $json->encode({id => $asked->{id}, %$answer}), "\n";
    }
}

sub answer_of {
    my ($commands, $asked) = @_;
    my $answer = eval {
        my $command = $commands->{$asked->{command}};
        support($command, 'no such command');
        $command->($asked);
    };
    return $answer if $answer;
    my $error = $@;
    return {unsupported => $error->{why}} if blessed $error and $error->isa('Protocol::Unsupported');
    return {error => "$error"};
}

# Says that the implementation cannot do what is asked, unless it can: no failure.
sub support {
    my ($holds, $why) = @_;
    die bless {why => $why}, 'Protocol::Unsupported' unless $holds;
}

1;
