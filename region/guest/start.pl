# What a process of an instance is made before its program runs: its streams, its limits, its user; and the terminals for those that
# want one.
use strict;
use warnings;

sub join_streams {
    my ($one, $terminal, $in, $out, $err) = @_;
    if ($terminal) {
        my $slave = $terminal->{slave};
        ioctl($slave, 0x540E, 0) or die "TTY: $!\n";
        open(STDIN, '<&', $slave) && open(STDOUT, '>&', $slave) && open(STDERR, '>&', $slave) or die "STDIN: $!\n";
        return;
    }
    if ($in) { open(STDIN, '<&', $in) or die "STDIN: $!\n" }
    my $to = $one->{stdout} // 'channel';
    if ($to eq 'channel') { open(STDOUT, '>&', $out) && open(STDERR, '>&', $err) or die "STDOUT: $!\n" }
    elsif ($to =~ /^(append|truncate):(.*)/s) {
        open(STDOUT, $1 eq 'append' ? '>>' : '>', $2) or die "STDOUT $2: $!\n";
        open(STDERR, '>&', \*STDOUT) or die "STDERR: $!\n";
    }
}

sub set_limit {
    my ($resource, $soft, $hard) = split /:/, $_[0];
    return if system_call('prlimit64', 0, 0 + $resource, pack('Q2', $soft, $hard), 0) == 0;
    # As systemd does where it may not raise a limit: the closest that is allowed.
    my $present = pack('Q2', 0, 0);
    # Not by system_call, which hands copies of its arguments to the kernel.
    our $call;
    syscall($call->{prlimit64}, 0, 0 + $resource, 0, $present) == 0 or die "LIMITS: $!\n";
    my $most = (unpack('Q2', $present))[1];
    my $closest = pack('Q2', $soft < $most ? $soft : $most, $hard < $most ? $hard : $most);
    system_call('prlimit64', 0, 0 + $resource, $closest, 0) == 0 or die "LIMITS: $!\n";
}

sub become {
    my ($user, $group, $environment) = @_;
    my ($name, $uid, $gid, $home, $shell) = ('root', 0, 0, '/root', '/bin/bash');
    if (defined $user && length $user) {
        my @entry = $user =~ /^\d+$/ ? getpwuid($user) : getpwnam($user);
        @entry or die "USER $user: no such user\n";
        ($name, $uid, $gid, $home, $shell) = @entry[0, 2, 3, 7, 8];
    }
    if (defined $group && length $group) {
        my @entry = $group =~ /^\d+$/ ? ($group, '', $group) : getgrnam($group);
        @entry or die "GROUP $group: no such group\n";
        $gid = $entry[2];
    }
    # As under systemd: a service has these only if a user is named for it.
    my %usual = defined $user ? (HOME => $home, USER => $name, LOGNAME => $name, SHELL => $shell) : ();
    $environment->{$_} //= $usual{$_} for keys %usual;
    return if $uid == 0 && $gid == 0;
    my @more = ($gid);
    setgrent();
    while (my @entry = getgrent()) { push @more, $entry[2] if grep { $_ eq $name } split ' ', $entry[3] }
    $) = join ' ', $gid, @more;
    $( = $gid;
    $< = $> = $uid;
    die "USER $name: $!\n" if $< != $uid || $> != $uid;
}

sub open_terminal {
    my ($rows, $columns) = split /x/, $_[0];
    open(my $master, '+<', '/dev/pts/ptmx') or return undef;
    my $zero = pack('i', 0);
    ioctl($master, 0x40045431, $zero);
    my $number = pack('I', 0);
    ioctl($master, 0x80045430, $number);
    open(my $slave, '+<', '/dev/pts/' . unpack('I', $number)) or return undef;
    ioctl($master, 0x5414, my $size = pack('S4', $rows, $columns, 0, 0));
    not_blocking($master);
    return { master => $master, slave => $slave };
}

1;
