#!/usr/bin/perl
# What systemctl, journalctl, dnf and the like are inside an instance: hands its words to the supervisor, by
# way of process 1, and prints what comes back. What they mean is decided there.
use strict;
use warnings;

my $init;
my ($name) = $0 =~ m{([^/]+)\z};
# A stream of Unix's; to load Perl's Socket for the names of these numbers would take longer than all the rest.
socket($init, 1, 1, 0) && connect($init, pack('S a*', 1, '/run/terrace/ask'))
    or die "$name: the instance's init does not answer: $!\n";
my $body = pack('(N/a*)*', $name, -t STDOUT ? 'terminal' : 'pipe', readlink('/proc/self/cwd') // '/', @ARGV);
my $question = pack('N', length $body) . $body;
while (length $question) {
    my $count = syswrite($init, $question) or die "$name: the instance's init went away\n";
    substr($question, 0, $count) = '';
}
my $buffer = '';
while (sysread($init, $buffer, 65536, length $buffer)) {
    while (length $buffer >= 4 && length $buffer >= 4 + unpack('N', $buffer)) {
        my ($verb, @words) = unpack('(N/a*)*', substr($buffer, 4, unpack('N', $buffer)));
        substr($buffer, 0, 4 + unpack('N', $buffer)) = '';
        exit $words[0] if $verb eq 'end';
        syswrite($words[0] eq 'err' ? \*STDERR : \*STDOUT, $words[1]);
    }
}
die "$name: the instance's init went away\n";
