#!/usr/bin/perl
# Hears of every change of the kernel's in a region's network namespaces, whoever made it, and of every mount that comes or goes. Idle, it
# sleeps: the kernel speaks by itself (rtnetlink, nftables, /proc/self/mountinfo). Only settings that the kernel says nothing about are read
# again and again.
#
#   kernel-watch.pl ARCHITECTURE SECONDS        (x64 or arm64; between two looks at the settings)
#
# Lines on standard input:
#   watch NAME PATH=VALUE PATH=VALUE …          fields apart by tabs; paths below /proc/sys/net
#   forget NAME
#   flush                                       answered with `flushed` once everything that has happened so far was said
# Lines on standard output: `changed NAME`, `mounts`, `flushed`, `failed NAME REASON`.
#
# Each socket holds its namespace: what is forgotten here is let go.
use strict;
use warnings;
use Errno qw(ENOBUFS);
use IO::Poll qw(POLLIN POLLPRI POLLERR POLLHUP);
use Socket qw(:DEFAULT SOCK_NONBLOCK);

use constant { AF_NETLINK => 16, NETLINK_ROUTE => 0, NETLINK_NETFILTER => 12, CLONE_NEWNET => 0x40000000 };
# From linux/rtnetlink.h and linux/netfilter/nfnetlink.h: RTNLGRP_LINK, _NEIGH, _IPV4_IFADDR, _IPV4_ROUTE, _IPV4_RULE, _IPV4_NETCONF; NFNLGRP_NFTABLES.
my %groups = (NETLINK_ROUTE, mask(1, 3, 5, 7, 8, 24), NETLINK_NETFILTER, mask(7));
use constant { RTM_NEWNEIGH => 28, RTM_GETNEIGH => 30, NUD_PERMANENT => 0x80 };

my ($architecture, $pace) = @ARGV;
my ($setns, $unshare) = @{ { x64 => [308, 272], arm64 => [268, 97] }->{ $architecture // '' } || [] } or die "kernel-watch.pl: name the architecture: x64 or arm64\n";
my %watched;     # name => { sockets, namespace, settings: { path => value }, last }
my %names;       # file number of a socket => name
my $poll = IO::Poll->new;
my $input = '';

$0 = 'terrace-kernel-watch';
$SIG{PIPE} = 'DEFAULT';
STDIN->blocking(0);
STDOUT->autoflush(1);
# A namespace of its own to come back to: an ordinary user's process may leave the host's, and not enter it again.
syscall($unshare, CLONE_NEWNET) == 0 or die "own network namespace: $!\n";
open(my $own, '<', '/proc/self/ns/net') or die "own network namespace: $!\n";
open(my $mounts, '<', '/proc/self/mountinfo') or die "mounts: $!\n";
read_mounts();
$poll->mask(\*STDIN => POLLIN | POLLHUP);
$poll->mask($mounts => POLLERR | POLLPRI);

my $next = time + $pace;
while (1) {
    my $left = $next - time;
    $poll->poll($left > 0 ? $left : 0);
    hear();
    if ($poll->events(\*STDIN)) { take_lines() or last }
    if (time >= $next) { look_at_settings(); $next = time + $pace }
}

sub mask { my $bits = 0; $bits |= 1 << ($_ - 1) for @_; return $bits; }

sub say_line { print STDOUT join(' ', @_), "\n"; }

sub hear {
    my %changed;
    for my $ready ($poll->handles(POLLIN | POLLERR | POLLPRI)) {
        if ($ready == $mounts) {
            read_mounts();
            say_line('mounts');
        } elsif (defined(my $name = $names{ fileno $ready })) {
            $changed{$name} = 1 if read_messages($ready);
        }
    }
    say_line('changed', $_) for sort keys %changed;
}

sub read_mounts { seek($mounts, 0, 0); 1 while <$mounts>; }

# Whether one of them is of importance. Where too much has happened to be told, something of importance may have.
sub read_messages {
    my ($socket) = @_;
    my $important = 0;
    while (1) {
        my $heard = recv($socket, my $bytes, 65536, 0);
        if (!defined $heard) {
            return $important if !$!{ENOBUFS};
            $important = 1;
            next;
        }
        for (my $at = 0; $at + 16 <= length $bytes;) {
            my ($length, $type) = unpack('LS', substr($bytes, $at, 6));
            last if $length < 16;
            $important = 1 if !is_passing($type, substr($bytes, $at, $length));
            $at += ($length + 3) & ~3;
        }
    }
}

# Neighbours that the kernel itself finds and forgets.
sub is_passing {
    my ($type, $message) = @_;
    return 0 if $type < RTM_NEWNEIGH || $type >= RTM_GETNEIGH;
    return $type == RTM_NEWNEIGH && !(unpack('S', substr($message, 24, 2)) & NUD_PERMANENT);
}

# Whether there is more to come.
sub take_lines {
    my $count = sysread(STDIN, $input, 65536, length $input);
    return 0 if defined $count && $count == 0;
    while ($input =~ s/^([^\n]*)\n//) {
        my ($verb, @words) = split /\t/, $1;
        if ($verb eq 'watch') { watch(@words) }
        elsif ($verb eq 'forget') { forget(@words) }
        elsif ($verb eq 'flush') { $poll->poll(0); hear(); say_line('flushed') }
        else { die "kernel-watch.pl: what is $verb?\n" }
    }
    return 1;
}

sub watch {
    my ($name, @settings) = @_;
    my %settings = map { split /=/, $_, 2 } @settings;
    if ($watched{$name}) {
        $watched{$name}{settings} = \%settings;
        return;
    }
    my @sockets;
    my $done = eval {
        open(my $namespace, '<', "/run/netns/$name") or die "open: $!\n";
        enter($namespace);
        for my $protocol (NETLINK_ROUTE, NETLINK_NETFILTER) {
            socket(my $socket, AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, $protocol) or die "netlink socket: $!\n";
            setsockopt($socket, SOL_SOCKET, SO_RCVBUF, 1 << 20);
            bind($socket, pack('SSLL', AF_NETLINK, 0, 0, $groups{$protocol})) or die "netlink groups: $!\n";
            push @sockets, $socket;
        }
        $watched{$name} = { sockets => \@sockets, namespace => $namespace, settings => \%settings, last => '' };
    };
    my $trouble = $@;
    enter($own);
    if (!$done) { chomp $trouble; return say_line('failed', $name, $trouble); }
    for my $socket (@sockets) {
        $names{ fileno $socket } = $name;
        $poll->mask($socket => POLLIN);
    }
}

sub forget {
    my ($name) = @_;
    my $known = delete $watched{$name} or return;
    for my $socket (@{ $known->{sockets} }) {
        $poll->remove($socket);
        delete $names{ fileno $socket };
    }
}

sub enter { syscall($setns, fileno $_[0], CLONE_NEWNET) == 0 or die "enter a network namespace: $!\n"; }

# Each difference is told once, and again when it becomes another one.
sub look_at_settings {
    for my $name (sort keys %watched) {
        my $known = $watched{$name};
        enter($known->{namespace});
        my $found = '';
        for my $path (sort keys %{ $known->{settings} }) {
            my $value = '';
            if (open(my $file, '<', "/proc/sys/net/$path")) { $value = join(' ', split(' ', <$file> // '')) }
            $found .= "$path $value\n" if $value ne $known->{settings}{$path};
        }
        say_line('changed', $name) if $found ne '' && $found ne $known->{last};
        $known->{last} = $found;
    }
    enter($own);
}
