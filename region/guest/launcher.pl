#!/usr/bin/perl
# Starts the instances of a region. One such process serves a region, so that an instance costs one fork and
# a few system calls, and no start of `unshare`, `mount` and a shell for each.
#
#   launcher.pl ARCHITECTURE        (x64 or arm64)
#
# Standard input and output carry frames (see frame.ts): the supervisor asks, the launcher reports.
#   device  FOLDER OWNER            makes the region's read-only /dev, once
#   lend    FILE TARGET             shows a file or folder of the host at TARGET, read-only, once; instances are given it from there
#   users   FILE FIRST LAYER…       makes the user namespace of the instances, kept at FILE, whose root is the user FIRST outside; fails
#                                   where the owners of a layer cannot be shifted
#   disk    FOLDER BYTES            mounts an instance's own disk, a tmpfs of a bounded size
#   release FOLDER                  unmounts it
#   launch  ID SOCKET               forks an instance, which connects to SOCKET and says hello there
#   kill    ID                      ends all that the instance runs, at once
#   name    ID NAME                 gives it another host name, which its root may not
#   wake    ID                      lets process 1 of it go on, where it is stopped
#   answer                          nothing: for who asks whether the launcher answers
# Reports: `done`, `failed MESSAGE` (one for each), `ended ID STATUS`.
#
# The launcher is never told anything secret: what an instance gets, it gets over its own socket.
use strict;
use warnings;
use Socket;
use Errno;
use Fcntl;

use constant {
    CLONE_NEWNS => 0x00020000, CLONE_NEWUTS => 0x04000000, CLONE_NEWIPC => 0x08000000, CLONE_NEWPID => 0x20000000,
    CLONE_NEWCGROUP => 0x02000000, CLONE_NEWNET => 0x40000000, CLONE_NEWUSER => 0x10000000, SIGCHLD => 17,
    MS_RDONLY => 1, MS_NOSUID => 2, MS_NODEV => 4, MS_NOEXEC => 8, MS_REMOUNT => 32, MS_BIND => 4096, MS_REC => 16384, MS_PRIVATE => 1 << 18,
    MS_NOATIME => 1024, MS_NODIRATIME => 2048, MS_RELATIME => 1 << 21, ST_RELATIME => 4096, S_IFCHR => 0020000,
    MNT_DETACH => 2, O_CLOSE_ON_EXEC => 02000000, AT_FDCWD => -100, AT_EMPTY_PATH => 0x1000, MOUNT_ATTR_IDMAP => 0x100000,
    PR_SET_PDEATHSIG => 1, PR_SET_SECCOMP => 22, PR_CAPBSET_READ => 23, PR_CAPBSET_DROP => 24,
};

our %call = (
    x64 => { clone => 56, mount => 165, umount2 => 166, pivot_root => 155, setns => 308, prctl => 157, capget => 125, capset => 126,
        sethostname => 170, setsid => 112, signalfd4 => 289, rt_sigprocmask => 14, prlimit64 => 302, statfs => 137, mknodat => 259, unshare => 272,
        setfsuid => 122, setfsgid => 123, setresuid => 117, setresgid => 119, setgroups => 116,
        open_tree => 428, move_mount => 429, mount_setattr => 442 },
    arm64 => { clone => 220, mount => 40, umount2 => 39, pivot_root => 41, setns => 268, prctl => 167, capget => 90, capset => 91,
        sethostname => 161, setsid => 157, signalfd4 => 74, rt_sigprocmask => 135, prlimit64 => 261, statfs => 43, mknodat => 33, unshare => 97,
        setfsuid => 151, setfsgid => 152, setresuid => 147, setresgid => 149, setgroups => 159,
        open_tree => 428, move_mount => 429, mount_setattr => 442 },
);
our $call = $call{ shift @ARGV // '' } or die "launcher.pl: name the architecture: x64 or arm64\n";
my %children;    # pid => id

(my $folder = __FILE__) =~ s{[^/]*$}{};
require "$folder$_.pl" for qw(users init);
main() unless caller;

sub main {
    $SIG{PIPE} = 'IGNORE';
    $0 = 'terrace-launcher';
    my $signals = child_signals();
    my $input = '';
    while (1) {
        my $ready = '';
        vec($ready, 0, 1) = 1;
        vec($ready, fileno($signals), 1) = 1;
        next if select($ready, undef, undef, undef) < 0;
        if (vec($ready, fileno($signals), 1)) {
            sysread($signals, my $ignored, 4096);
            reap();
        }
        if (vec($ready, 0, 1)) {
            my $count = sysread(STDIN, $input, 65536, length $input);
            last unless $count;
            while (defined(my $frame = take_frame(\$input))) {
                my ($verb, @words) = @$frame;
                my %verbs = (device => \&device, lend => \&lend, users => \&users, disk => \&disk, release => \&release, launch => \&launch, kill => \&end, wake => \&wake, name => \&rename_host, answer => sub { });
                eval { $verbs{$verb}->(@words); report('done'); 1 } or report('failed', $@ =~ s/\n\z//r);
            }
        }
    }
    kill 'KILL', keys %children;
}

sub report { my $frame = frame(@_); (syswrite(STDOUT, $frame) // 0) == length $frame or exit 1; }

sub reap {
    while ((my $pid = waitpid(-1, 1)) > 0) {
        my $id = delete $children{$pid};
        report('ended', $id, $?) if defined $id;
    }
}

# The devices that every instance may use, on a file system of the region's own. A user namespace may make no device: there the host's are
# shown. Both are read-only: that bars a change of mode, owner or times, and a device can still be written to.
sub device {
    my ($folder, $owner) = @_;
    my %numbers = (null => 0x103, zero => 0x105, full => 0x107, random => 0x108, urandom => 0x109, tty => 0x500);
    mount('tmpfs', $folder, 'tmpfs', MS_NOSUID | MS_NOEXEC, "mode=755,size=64k,uid=$owner,gid=$owner");
    umask 0;
    for my $name (keys %numbers) {
        if (system_call('mknodat', AT_FDCWD, "$folder/$name", S_IFCHR | 0666, $numbers{$name}) == 0) {
            chown $owner, $owner, "$folder/$name" or die "$folder/$name: $!\n";
        } else {
            $!{EPERM} or die "make $folder/$name: $!\n";
            lend("/dev/$name", "$folder/$name");
        }
    }
    umask 022;
    mkdir "$folder/$_" or die "$folder/$_: $!\n" for qw(pts shm);
    my %links = (fd => '/proc/self/fd', stdin => '/proc/self/fd/0', stdout => '/proc/self/fd/1', stderr => '/proc/self/fd/2', ptmx => 'pts/ptmx',
        log => '/run/systemd/journal/dev-log');
    symlink $links{$_}, "$folder/$_" or die "$folder/$_: $!\n" for keys %links;
    read_only($folder, MS_NOEXEC);
}

sub make_empty { my ($path) = @_; open(my $file, '>', $path) or die "$path: $!\n" }

# A bind mount of this one is read-only too, since it takes over the flags.
sub lend {
    my ($file, $target) = @_;
    make_empty($target) unless -e $target;
    mount($file, $target, undef, MS_BIND, undef);
    read_only($target, $file =~ m{^/dev/} ? 0 : MS_NODEV);
}

# Keeps the flags that the mount has: in a user namespace the kernel refuses to take away those of the host's mount.
sub read_only {
    my ($target, $more) = @_;
    my $state = "\0" x 120;
    # Not by system_call, which hands copies of its arguments to the kernel.
    syscall($call->{statfs}, $target, $state) == 0 or die "flags of $target: $!\n";
    my $flags = (unpack 'Q11', $state)[10];
    my $kept = $flags & (MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME);
    $kept |= MS_RELATIME if $flags & ST_RELATIME;
    mount('none', $target, undef, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | $kept | $more, undef);
}

sub disk {
    my ($folder, $bytes) = @_;
    mount('tmpfs', $folder, 'tmpfs', MS_NOSUID | MS_NODEV, "mode=755,size=$bytes");
}

sub release {
    my ($folder) = @_;
    # Somebody else may have unmounted it.
    system_call('umount2', "$folder", MNT_DETACH) == 0 or $!{EINVAL} or die "unmount $folder: $!\n";
}

sub launch {
    my ($id, $path) = @_;
    my $flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | SIGCHLD;
    my $pid = system_call('clone', $flags, 0, 0, 0, 0);
    die "clone: $!\n" if $pid < 0;
    if ($pid == 0) {
        system_call('prctl', PR_SET_PDEATHSIG, 9, 0, 0, 0);
        %children = ();
        open(STDIN, '<', '/dev/null');
        open(STDOUT, '>', '/dev/null');
        eval { boot($id, $path); 1 } or do { print STDERR "$id: $@"; exit 70 };
        exit 71;
    }
    $children{$pid} = $id;
}

sub end {
    my ($id) = @_;
    kill 'KILL', grep { $children{$_} eq $id } keys %children;
}

sub wake {
    my ($id) = @_;
    kill 'CONT', grep { $children{$_} eq $id } keys %children;
}

sub rename_host {
    my ($id, $name) = @_;
    my ($pid) = grep { $children{$_} eq $id } keys %children or die "$id does not run\n";
    open(my $names, '<', "/proc/$pid/ns/uts") or die "names of $id: $!\n";
    open(my $own, '<', '/proc/self/ns/uts') or die "own names: $!\n";
    system_call('setns', fileno $names, CLONE_NEWUTS) == 0 or die "enter the names of $id: $!\n";
    my $done = system_call('sethostname', $name, length $name);
    my $trouble = $!;
    system_call('setns', fileno $own, CLONE_NEWUTS) == 0 or exit 1;
    die "sethostname: $trouble\n" if $done != 0;
}

# From here on in the new namespaces, as process 1.
sub boot {
    my ($id, $path) = @_;
    socket(my $channel, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!\n";
    connect($channel, pack_sockaddr_un($path)) or die "connect: $!\n";
    write_all($channel, frame('hello', $id));
    my %given = @{ read_frame($channel) };
    join_groups($given{groups});
    eval { build(\%given); 1 } or do {
        write_all($channel, frame('failed', '', $@ =~ s/\n\z//r));
        exit 72;
    };
    run_init($channel, \%given);
}

# Its bounds hold from here on for all that it starts; where the whole machine runs out of memory, instances go before their supervisor.
sub join_groups {
    my ($groups) = @_;
    for my $file (split(/\n/, $groups), '/proc/self/oom_score_adj') {
        open(my $handle, '>', $file) or die "$file: $!\n";
        defined syswrite($handle, $file =~ /oom_score_adj$/ ? 500 : 0) or die "$file: $!\n";
    }
}

sub build {
    my ($given) = @_;
    my $root = "$given->{disk}/root";
    enter_network($given->{network});
    let_ping($given->{firstUser} || 0);
    mount('none', '/', undef, MS_REC | MS_PRIVATE, undef);
    shift_layers($given) if $given->{users};
    overlay($given, 'rest', $root);
    overlay($given, 'usr', "$root/usr");
    my $owner = $given->{users} ? ",uid=$given->{firstUser},gid=$given->{firstUser}" : '';
    mount($given->{node}, "$root$given->{nodeTarget}", undef, MS_BIND, undef);
    mount($given->{packages}, "$root$given->{packagesTarget}", undef, MS_BIND, undef);
    mount($given->{device}, "$root/dev", undef, MS_BIND | MS_REC, undef);
    mount('devpts', "$root/dev/pts", 'devpts', MS_NOSUID | MS_NOEXEC, 'newinstance,ptmxmode=0666,mode=0620');
    mount('tmpfs', "$root/dev/shm", 'tmpfs', MS_NOSUID | MS_NODEV, "mode=1777,size=$given->{scratchBytes}$owner");
    mount('tmpfs', "$root/run", 'tmpfs', MS_NOSUID | MS_NODEV, "mode=755,size=64m$owner");
    mount('tmpfs', "$root/tmp", 'tmpfs', MS_NOSUID | MS_NODEV, "mode=1777,size=$given->{scratchBytes}$owner");
    mount('proc', "$root/proc", 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC, undef);
    bound_processes("$root/proc", $given->{processes});
    guard_proc("$root/proc", $given);
    show_forwarding($root, $given) if $given->{forwarding};
    my $name = $given->{hostName};
    system_call('sethostname', $name, length $name) == 0 or die "sethostname: $!\n";
    chdir $root or die "$root: $!\n";
    system_call('pivot_root', '.', '.') == 0 or die "pivot_root: $!\n";
    system_call('umount2', '.', MNT_DETACH) == 0 or die "unmount the host's root: $!\n";
    chdir '/' or die "/: $!\n";
    umask 022;
    become_root() if $given->{users};
    confine($given);
}

sub enter_network {
    my ($file) = @_;
    open(my $handle, '<', $file) or die "$file: $!\n";
    system_call('setns', fileno $handle, CLONE_NEWNET) == 0 or die "enter $file: $!\n";
}

# Root of an instance may send an echo request, without a capability.
sub let_ping {
    my ($first) = @_;
    open(my $range, '>', '/proc/sys/net/ipv4/ping_group_range') or die "ping_group_range: $!\n";
    syswrite($range, "$first $first") or die "ping_group_range: $!\n";
}

# The upper layer is the instance's own; below it the layers of its image, then what the region gives to everyone.
sub overlay {
    my ($given, $part, $target) = @_;
    my $options = "lowerdir=$given->{$part},upperdir=$given->{disk}/$part,workdir=$given->{disk}/work-$part";
    $options .= ',userxattr' if $given->{rootless};
    mount('overlay', $target, 'overlay', MS_NODEV, $options);
}

# So that an instance cannot take every process number of the machine. Since Linux 6.14 the bound is the process namespace's own; before
# that it is the whole machine's, and is left alone.
sub bound_processes {
    my ($proc, $most) = @_;
    open(my $release, '<', "$proc/sys/kernel/osrelease") or die "osrelease: $!\n";
    my ($major, $minor) = <$release> =~ /^(\d+)\.(\d+)/;
    return if $major < 6 || $major == 6 && $minor < 14;
    open(my $bound, '>', "$proc/sys/kernel/pid_max") or die "pid_max: $!\n";
    syswrite($bound, $most) or die "pid_max: $!\n";
}

# What of /proc would reach the host's kernel: read-only, or hidden. Where root of an instance is the host's, it could change the mode and
# owner of every file that is no process's, for the whole machine.
sub guard_proc {
    my ($proc, $given) = @_;
    opendir(my $folder, $proc) or die "$proc: $!\n";
    my @entries = grep { !/^\.|^\d/ && !-l "$proc/$_" } readdir $folder;
    my %hidden = map { $_ => 1 } qw(kcore keys timer_list kallsyms sched_debug config.gz kmsg kpagecgroup kpagecount kpageflags slabinfo
        vmallocinfo pagetypeinfo latency_stats);
    my %guarded = map { $_ => 1 } qw(sys irq bus fs acpi scsi driver mtrr pressure sysrq-trigger);
    my $belongs = $given->{rootless} || $given->{users};
    for my $name (@entries) {
        if ($hidden{$name}) { mount("$given->{device}/null", "$proc/$name", undef, MS_BIND, undef); next }
        next if $belongs && !$guarded{$name};
        mount("$proc/$name", "$proc/$name", undef, MS_BIND, undef);
        read_only("$proc/$name", MS_NODEV | MS_NOEXEC);
    }
}

# Of an instance that may forward: a file of its own stands where the kernel has its switch, which the supervisor sets.
sub show_forwarding {
    my ($root, $given) = @_;
    my ($file, $target) = ("$root$given->{forwarding}", "$root/proc/sys/net/ipv4/ip_forward");
    open(my $handle, '>', $file) or die "$file: $!\n";
    syswrite($handle, "0\n") or die "$file: $!\n";
    close $handle;
    chown $given->{firstUser}, $given->{firstUser}, $file or die "$file: $!\n" if $given->{users};
    mount($file, $target, undef, MS_BIND, undef);
    mount('none', $target, undef, MS_BIND | MS_REMOUNT | MS_NOSUID | MS_NODEV | MS_NOEXEC, undef);
}

# Last: the system calls of a service and no others, and no capability that a service does not need.
sub confine {
    my ($given) = @_;
    my $program = $given->{seccomp};
    my $filter = pack('S x6 P', length($program) / 8, $program);
    system_call('prctl', PR_SET_SECCOMP, 2, unpack('J', pack('P', $filter)), 0, 0) == 0 or die "seccomp: $!\n";
    my $kept = 0;
    $kept |= 1 << $_ for split /,/, $given->{capabilities};
    for my $capability (0 .. 63) {
        last if system_call('prctl', PR_CAPBSET_READ, $capability, 0, 0, 0) < 0;
        next if $kept & (1 << $capability);
        system_call('prctl', PR_CAPBSET_DROP, $capability, 0, 0, 0) == 0 or die "drop capability $capability: $!\n";
    }
    my $header = pack('L L', 0x20080522, 0);
    my $low = $kept & 0xffffffff;
    my $high = $kept >> 32;
    my $sets = pack('L6', $low, $low, 0, $high, $high, 0);
    system_call('capset', $header, $sets) == 0 or die "capset: $!\n";
}

sub mount {
    my ($source, $target, $type, $flags, $data) = @_;
    system_call('mount', $source // 0, $target, $type // 0, $flags, $data // 0) == 0
        or die 'mount ' . ($type // $source) . " at $target: $!\n";
}

# Numbers go as numbers, strings as pointers to copies of them.
sub system_call {
    my ($name, @given) = @_;
    return syscall($call->{$name}, @given);
}

# SIGCHLD as something to wait for beside everything else, so that none is missed.
sub child_signals {
    my $mask = pack('Q', 1 << (SIGCHLD - 1));
    system_call('rt_sigprocmask', 0, $mask, 0, 8);
    my $number = system_call('signalfd4', -1, $mask, 8, 02000000 | 04000);
    die "signalfd: $!\n" if $number < 0;
    open(my $handle, '<&=', $number) or die "signalfd: $!\n";
    return $handle;
}

sub unblock_signals {
    my $mask = pack('Q', 0);
    system_call('rt_sigprocmask', 2, $mask, 0, 8);
}

# A frame is a length (32 bits, big-endian) and fields, each with its own length.
sub frame { my $body = pack('(N/a*)*', @_); return pack('N', length $body) . $body; }

sub take_frame {
    my ($buffer) = @_;
    return undef if length $$buffer < 4;
    my $length = unpack('N', $$buffer);
    return undef if length $$buffer < 4 + $length;
    my $body = substr($$buffer, 4, $length);
    substr($$buffer, 0, 4 + $length) = '';
    return [unpack('(N/a*)*', $body)];
}

sub read_frame {
    my ($handle) = @_;
    my $buffer = '';
    while (1) {
        my $frame = take_frame(\$buffer);
        return $frame if $frame;
        sysread($handle, $buffer, 65536, length $buffer) or die "the supervisor went away\n";
    }
}

sub write_all {
    my ($handle, $bytes) = @_;
    while (length $bytes) {
        my $count = syswrite($handle, $bytes);
        die "the supervisor went away\n" unless $count;
        substr($bytes, 0, $count) = '';
    }
}

1;
