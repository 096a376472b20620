# Runs as root of an instance: goes to every mount, inode and descriptor that it can reach and tries to change it. Of the instance's own file
# systems, where root may change everything, it tries a sample only. Prints `changed WHAT ATTEMPT` for all that it could change of others,
# and at the end how much it tried.
use strict;
use warnings;
use Fcntl ':mode';

my %call = $ARGV[0] eq 'x64'
    ? (mount => 165, umount2 => 166, open_tree => 428, move_mount => 429, mount_setattr => 442, fspick => 433, setxattr => 188, utimensat => 280)
    : (mount => 40, umount2 => 39, open_tree => 428, move_mount => 429, mount_setattr => 442, fspick => 433, setxattr => 5, utimensat => 88);
my %tried = map { $_ => 0 } qw(mounts inodes descriptors attempts own);
my $sample = 0;

sub try_call { my ($name, @words) = @_; return syscall($call{$name}, @words) >= 0 }

# Each would leave a mark that the host can see; what is undone again is undone for the sake of a host that has the hole.
my %attempts = (
    'open for writing' => sub { my ($path, $mode) = @_; return S_ISREG($mode) && open(my $file, '+<', $path) },
    'truncate' => sub { my ($path, $mode) = @_; return S_ISREG($mode) && truncate($path, -s $path) },
    'mode' => sub { my ($path, $mode) = @_; return chmod(S_IMODE($mode) ^ 1, $path) && chmod(S_IMODE($mode), $path) },
    'set-user-ID' => sub { my ($path, $mode) = @_; return S_ISREG($mode) && chmod(S_IMODE($mode) | 04000, $path) && chmod(S_IMODE($mode), $path) },
    'owner' => sub { my ($path) = @_; return chown(1, 1, $path) },
    'times' => sub { my ($path) = @_; return utime(1, 1, $path) },
    'time of reading' => sub { my ($path) = @_; my $now = pack('q4', 1, 0, 0, 0x3ffffffe); return try_call('utimensat', -100, $path, $now, 0) },
    'attribute of a user' => sub { my ($path) = @_; my ($name, $value) = ('user.walk', '1'); return try_call('setxattr', $path, $name, $value, 1, 0) },
    'attribute trusted' => sub { my ($path) = @_; my ($name, $value) = ('trusted.walk', '1'); return try_call('setxattr', $path, $name, $value, 1, 0) },
    'capabilities' => sub {
        my ($path) = @_;
        my ($name, $value) = ('security.capability', pack('V5', 0x02000001, 1 << 10, 0, 0, 0));
        return try_call('setxattr', $path, $name, $value, 20, 0);
    },
    'flags' => sub {
        my ($path, $mode) = @_;
        return 0 unless (S_ISREG($mode) || S_ISDIR($mode)) && sysopen(my $file, $path, 0);
        my $flags = pack('i', 0x40);
        return defined ioctl($file, 0x40086602, $flags);
    },
    'link beside it' => sub { my ($path, $mode) = @_; return !S_ISDIR($mode) && link($path, "$path.walk") },
    'link on the own disk' => sub { my ($path, $mode) = @_; return !S_ISDIR($mode) && link($path, "/var/walk.$sample") },
    'name' => sub { my ($path) = @_; return rename($path, "$path.walk") && rename("$path.walk", $path) },
    'a new file in it' => sub { my ($path, $mode) = @_; return S_ISDIR($mode) && open(my $file, '>', "$path/walk") },
);
my %attempts_at_mounts = (
    'remount for writing' => sub { my ($path) = @_; return try_call('mount', 'none', $path, 0, 32 | 4096, 0) },
    'mount over it' => sub { my ($path) = @_; return try_call('mount', 'none', $path, 'tmpfs', 0, 0) },
    'bind over it' => sub { my ($path) = @_; return try_call('mount', '/tmp', $path, 0, 4096, 0) },
    'unmount' => sub { my ($path) = @_; return try_call('umount2', $path, 2) },
    'copy of the mount' => sub { my ($path) = @_; return try_call('open_tree', -100, $path, 1) },
    'flags of the mount' => sub { my ($path) = @_; my $flags = pack('Q4', 0, 1, 0, 0); return try_call('mount_setattr', -100, $path, 0, $flags, 32) },
    'configure the file system' => sub { my ($path) = @_; return try_call('fspick', -100, $path, 0) },
);

sub try_each {
    my ($among, $path, $mode) = @_;
    for my $name (sort keys %$among) {
        $tried{attempts}++;
        print "changed $path $name\n" if $among->{$name}->($path, $mode);
    }
}

# Mounts, and which of them are the instance's own: its layers, and what was made empty for it.
open(my $mounts, '<', '/proc/self/mountinfo') or die;
my (%own, %mount_ids, @places);
while (<$mounts>) {
    my ($id, undef, undef, undef, $place, undef, $rest) = split / /, $_, 7;
    my ($type) = $rest =~ /- (\S+)/;
    $mount_ids{$id} = $place;
    push @places, $place;
    $own{$place} = 1 if $type eq 'overlay' || grep { $place eq $_ } qw(/run /tmp /dev/shm /dev/pts);
}
for my $place (@places) { $tried{mounts}++; try_each(\%attempts_at_mounts, $place) }

# Inodes: every one is looked at. What changes a file of the own layers copies it up first, so only of some.
my %is_place = map { $_ => 1 } @places;
walk('/', 1);

sub walk {
    my ($path, $is_own) = @_;
    my @state = lstat $path or return;
    $is_own = $own{$path} // 0 if $is_place{$path};
    my $mode = $state[2];
    $tried{inodes}++;
    if (!$is_own) {
        # The folder /proc itself is the instance's own, and nothing in the host's; a link in it leads to a process's own part.
        try_each(\%attempts, $path, $mode) unless S_ISLNK($mode) || $path eq '/proc';
    } elsif (S_ISREG($mode) && $state[7] < 1 << 20 && ($mode & S_ISUID || $tried{inodes} % 500 == 0)) {
        $tried{own}++;
        $sample++;
        $_->($path, $mode) for map { $attempts{$_} } sort keys %attempts;
    }
    return unless S_ISDIR($mode);
    opendir(my $folder, $path) or return;
    for my $name (sort readdir $folder) {
        next if $name =~ /^\.\.?\z/ || $path eq '/proc' && $name =~ /^\d/;
        walk($path eq '/' ? "/$name" : "$path/$name", $is_own);
    }
}

# Descriptors: this process's own, as it inherited them, and those of every process that lets itself be looked at.
for my $link (glob('/proc/[0-9]*/fd/*')) {
    my $target = readlink $link // next;
    $tried{descriptors}++;
    next if $target =~ /^(pipe|socket|anon_inode):/ || $target =~ m{^/proc(/|\z)};
    my ($process, $number) = $link =~ m{^/proc/(\d+)/fd/(\d+)\z};
    open(my $information, '<', "/proc/$process/fdinfo/$number") or next;
    my ($mount) = join('', <$information>) =~ /^mnt_id:\s*(\d+)/m;
    if (!exists $mount_ids{$mount}) { print "changed descriptor $number of $process is of a mount that is not here: $target\n" }
    elsif (!$own{ $mount_ids{$mount} }) { try_each(\%attempts, $link, (stat $link)[2] // 0) }
    next unless $process == $$ && open(my $held, '+<&=', $number);
    my $mode = (stat $held)[2];
    print "changed descriptor $number mode\n" if !$own{ $mount_ids{$mount} // '' } && chmod(S_IMODE($mode) ^ 1, $held) && chmod(S_IMODE($mode), $held);
    print "changed descriptor $number owner\n" if !$own{ $mount_ids{$mount} // '' } && chown(1, 1, $held);
    print "changed descriptor $number times\n" if !$own{ $mount_ids{$mount} // '' } && utime(1, 1, $held);
}
print "tried $_ $tried{$_}\n" for sort keys %tried;
