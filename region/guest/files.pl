# What an instance's process 1 does with the instance's own files, and finds out in its /proc, on the supervisor's behalf. Each
# returns the fields of the answer, or dies with what was wrong.
use strict;
use warnings;
use Fcntl;

use constant { PIECE => 65536, LARGEST_FILE => 1 << 22 };

sub read_file {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NONBLOCK | O_NOCTTY) or die "$!\n";
    die "not a file\n" unless -f $file;
    my $content = '';
    while (1) {
        my $count = sysread($file, $content, PIECE, length $content) // die "$!\n";
        last unless $count;
        die "too large\n" if length $content > LARGEST_FILE;
    }
    return $content;
}

sub write_file {
    my ($path, $mode, $content) = @_;
    my $next = "$path.terrace-new";
    unlink $next;
    sysopen(my $file, $next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, oct $mode) or die "$!\n";
    syswrite($file, $content) == length $content or die "$!\n";
    chmod oct $mode, $file;
    close $file;
    rename $next, $path or die "$!\n";
    return ();
}

sub append_file {
    my ($path, $content) = @_;
    sysopen(my $file, $path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY, 0644) or die "$!\n";
    die "not a file\n" unless -f $file;
    syswrite($file, $content) // die "$!\n";
    return ();
}

# Names, each followed by what it is: file, folder, or -> and the target of a link.
sub list_folder {
    my ($path) = @_;
    opendir(my $folder, $path) or die "$!\n";
    my @names = sort grep { !/^\.\.?\z/ } readdir $folder;
    return map { my $at = "$path/$_"; ($_, -l $at ? '->' . readlink $at : -d $at ? 'folder' : 'file') } @names;
}

sub link_file { my ($target, $path) = @_; unlink $path; symlink $target, $path or die "$!\n"; return () }
sub unlink_file { my ($path) = @_; unlink $path or die "$!\n"; return () }

sub make_folder {
    my ($path, $mode, $user) = @_;
    my $made = '';
    for my $part (split m{/}, $path) {
        next unless length $part;
        $made .= "/$part";
        mkdir $made, oct $mode or $!{EEXIST} or die "$made: $!\n";
    }
    if (defined $user) {
        my @entry = getpwnam($user) or die "no user $user\n";
        chown $entry[2], $entry[3], $path or die "$path: $!\n";
    }
    return ();
}

# A unit's processes: those with its invocation in their environment (which process 1 may read of root's processes only),
# those of the sessions that the named ones began, and whatever descends from any of them. `sNUMBER` is a session whose leader has
# ended: if there is a process of that number, the number was given anew and the session is another's.
sub owned {
    my ($mark, @words) = @_;
    my (%parent, %owned);
    my %named = map { $_ => 1 } grep { /^\d+\z/ && $_ > 1 } @words;
    my %led = (%named, map { /^s(\d+)\z/ && !-e "/proc/$1" ? ($1 => 1) : () } @words);
    %owned = %named;
    opendir(my $folder, '/proc') or die "$!\n";
    for my $pid (grep { /^\d+\z/ && $_ > 1 } readdir $folder) {
        open(my $stat, '<', "/proc/$pid/stat") or next;
        my $line = <$stat> // next;
        my ($state, $above, $session) = $line =~ /.*\) (\S) (\d+) \d+ (\d+)/s or next;
        next if $state eq 'Z';
        $parent{$pid} = $above;
        $owned{$pid} = 1 if exists $led{$session};
        my $environment = '';
        if (length $mark && open(my $file, '<', "/proc/$pid/environ")) { local $/; $environment = <$file> // '' }
        $owned{$pid} = 1 if length $mark && index($environment, "INVOCATION_ID=$mark\0") >= 0;
    }
    my $grew = 1;
    while ($grew) {
        $grew = 0;
        for (grep { !exists $owned{$_} && exists $owned{ $parent{$_} } } keys %parent) { $owned{$_} = 1; $grew = 1 }
    }
    return grep { exists $parent{$_} } keys %owned;
}

1;
