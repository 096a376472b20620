#!/usr/bin/perl
# Connects by TCP from inside an instance, as a package tool does before it downloads, and prints what came of it:
#
#   connect.pl NAME PORT SECONDS      connected ADDRESS | no-name | no-resolver | timed-out ADDRESS | refused ADDRESS | unreachable ADDRESS
use strict;
use warnings;

my ($name, $port, $seconds) = @ARGV;
# Numbers of Unix's: Perl's Socket and Errno take longer to load than the connection.
use constant { AF_INET => 2, SOCK_STREAM => 1, TRY_AGAIN => 2, REFUSED => 111 };

my $packed = gethostbyname($name);
done($? == TRY_AGAIN ? 'no-resolver' : 'no-name') unless defined $packed;
my $address = join('.', unpack('C4', $packed));
socket(my $socket, AF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
$SIG{ALRM} = sub { done("timed-out $address") };
alarm $seconds;
done("connected $address") if connect($socket, pack('S n a4 x8', AF_INET, $port, $packed));
done($! == REFUSED ? "refused $address" : "unreachable $address");

sub done { print "$_[0]\n"; exit 0 }
