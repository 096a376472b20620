# The users of instances of a region made by root: a range of ids of their own, in which their root is nobody else on the host. The launcher
# makes their user namespace once; an instance mounts its layers with the owners shifted into the range, and joins the namespace last.
use strict;
use warnings;

our $call;
my $users = 65536;
my $own_users;    # the user namespace of the instances, in the process of one

# Another namespace's map may be written from outside only, so that the one for whom it is made waits.
sub users {
    my ($file, $first, @layers) = @_;
    pipe(my $made, my $tell) && pipe(my $wait, my $go) or die "pipe: $!\n";
    my $pid = fork() // die "fork: $!\n";
    if ($pid == 0) {
        close $go;
        system_call('unshare', CLONE_NEWUSER) == 0 and syswrite($tell, 'x') and sysread($wait, my $ignored, 1);
        exit 0;
    }
    close $tell;
    my $done = eval {
        sysread($made, my $ignored, 1) or die "a user namespace is refused\n";
        for my $map (qw(uid_map gid_map)) {
            open(my $handle, '>', "/proc/$pid/$map") or die "$map: $!\n";
            syswrite($handle, "0 $first $users") or die "$map: $!\n";
        }
        open(my $namespace, '<', "/proc/$pid/ns/user") or die "user namespace: $!\n";
        shifted($_, $namespace) for @layers;
        make_empty($file);
        mount("/proc/$pid/ns/user", $file, undef, MS_BIND, undef);
        1;
    };
    my $trouble = $@;
    close $go;
    waitpid($pid, 0);
    die $trouble unless $done;
}

# Shows the instance's disk and all that lies below it with owners moved into the instances' own range: whatever belongs to root on the disk
# belongs to the instance's root. What the kernel writes for an overlay, it writes as the user who mounted it, so that this one is in the range.
sub shift_layers {
    my ($given) = @_;
    open($own_users, '<', $given->{users}) or die "$given->{users}: $!\n";
    for my $layer ($given->{disk}, split /\0/, $given->{layers}) {
        my $tree = shifted($layer, $own_users);
        system_call('move_mount', fileno $tree, '', AT_FDCWD, $layer, 4) == 0 or die "mount $layer: $!\n";
    }
    system_call($_, $given->{firstUser} + 0) for qw(setfsgid setfsuid);
    hold_all_capabilities();
}

# A folder with the owners shifted, as a mount that is nowhere yet.
sub shifted {
    my ($folder, $namespace) = @_;
    my $attributes = pack('Q4', MOUNT_ATTR_IDMAP, 0, 0, fileno $namespace);
    my $number = system_call('open_tree', AT_FDCWD, $folder, 1 | O_CLOSE_ON_EXEC);
    die "open $folder: $!\n" if $number < 0;
    open(my $tree, '<&=', $number) or die "open $folder: $!\n";
    system_call('mount_setattr', $number, '', AT_EMPTY_PATH, $attributes, length $attributes) == 0 or die "shift the owners of $folder: $!\n";
    return $tree;
}

# To act as another user takes some of them out of effect.
sub hold_all_capabilities {
    my $header = pack('L L', 0x20080522, 0);
    my $sets = "\0" x 24;
    # Not by system_call, which hands copies of its arguments to the kernel.
    syscall($call->{capget}, $header, $sets) == 0 or die "capget: $!\n";
    my @each = unpack('L6', $sets);
    system_call('capset', $header, pack('L6', @each[1, 1, 2, 4, 4, 5])) == 0 or die "capset: $!\n";
}

# It owns nothing outside of the range and none of the namespaces that it is in. A change of users forgets who ends with whom.
sub become_root {
    system_call('setns', fileno $own_users, CLONE_NEWUSER) == 0 or die "enter the instances' users: $!\n";
    system_call('setgroups', 0, 0) == 0 && system_call('setresgid', 0, 0, 0) == 0 && system_call('setresuid', 0, 0, 0) == 0
        or die "become root of the instance: $!\n";
    system_call('prctl', PR_SET_PDEATHSIG, 9, 0, 0, 0);
    close $own_users;
}

1;
