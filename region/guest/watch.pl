#!/usr/bin/perl
# Runs a program that downloads (curl, wget, git, pip, npm) as it was called, and tells the supervisor, by way of process 1, where it ended with an
# error: a boot script may pass over it. Name, arguments, streams, signals and exit status are the program's own.
use strict;
use warnings;

my ($name) = $0 =~ m{([^/]+)\z};
# Commands that failed before; one of them that succeeds takes back its report.
my $failed = '/run/terrace/failed-downloads';
my $program = "/usr/lib/terrace/programs/$name";
my $child = fork() // die "$name: $!\n";
if ($child == 0) {
    { no warnings; exec { $program } $0, @ARGV; }
    print STDERR "$name: $!\n";
    exit 127;
}
for my $signal (qw(INT TERM HUP QUIT PIPE USR1 USR2)) {
    $SIG{$signal} = sub { kill $signal, $child };
}
1 while waitpid($child, 0) < 0 && $! == 4;    # EINTR
my $status = $?;
report($status >> 8) if $status >> 8 || -e $failed;
exit 0 if $status == 0;
if (my $signal = $status & 127) { $SIG{$_} = 'DEFAULT' for keys %SIG; kill $signal, $$ }
exit $status >> 8;

# The address may say who asked for what, with a password: only its host, port and path are passed on.
sub report {
    my ($code) = @_;
    my ($address) = grep { m{^(?:https?|ftp|git)://} } @ARGV;
    my ($scheme, $host, $port, $path) = ($address // '') =~ m{^(\w+)://(?:[^/@]*@)?([^/:?#]+)(?::(\d+))?([^?#]*)};
    $port //= !defined $scheme ? '' : $scheme eq 'https' ? 443 : 80;
    my $packed = defined $host ? gethostbyname($host) : undef;
    my $resolved = defined $packed ? join('.', unpack('C4', $packed)) : '';
    my $shown = defined $host ? "$scheme://$host$path" : join(' ', grep { /^[a-z][a-z0-9-]*\z/ } @ARGV[0 .. ($#ARGV < 1 ? $#ARGV : 1)]);
    my $command = "$name $shown";
    if ($code) { if (open(my $file, '>>', $failed)) { print $file "$command\n" } }
    else { open(my $file, '<', $failed) or return; grep { $_ eq "$command\n" } <$file> or return }
    my $init;
    socket($init, 1, 1, 0) && connect($init, pack('S a*', 1, '/run/terrace/ask')) or return;
    my $body = pack('(N/a*)*', 'report', 'pipe', '/', 'download', $command, $code, $host // '', $port, $resolved);
    syswrite($init, pack('N', length $body) . $body);
    sysread($init, my $answer, 64);
}
