# Process 1 of an instance. It starts processes, reports what becomes of them, and reads and writes files in the
# instance's own root on the supervisor's behalf, so that the supervisor never opens a path that an instance could
# have made to point elsewhere. It decides nothing: what a unit or a user data part means, the supervisor knows.
#
# Frames from the supervisor (first field, then the others):
#   spawn ID key value …       keys: arg, env, cwd, user, group, stdin (null|pipe), stdout (channel|null|append:F|truncate:F),
#                              tee (a file that gets all output besides), pty (ROWSxCOLUMNS), notify (a unit's name), umask,
#                              limit (RESOURCE:SOFT:HARD)
#   input ID BYTES · close ID · resize ID ROWS COLUMNS
#   signal NUMBER PID …        a negative PID is a process group
#   call ID VERB …             read F · write F MODE CONTENT · append F CONTENT · list F · link TARGET F · unlink F ·
#                              make F MODE [USER] · owned MARK PID …  (the processes that carry MARK, and descendants)
#   say ID STREAM BYTES · answer ID CODE         to a stand-in that asked
# Frames to the supervisor:
#   ready · started ID PID · failed ID MESSAGE · output ID STREAM BYTES · ended ID STATUS · reaped PID STATUS
#   reply ID ok|error FIELDS · ask ID UID PID WORDS… · gone ID · notify UNIT TEXT
use strict;
use warnings;

use constant { HIGH_WATER => 1 << 20, CHUNK => 65536, LARGEST_ASK => 1 << 18, MOST_CLIENTS => 64, PR_SET_DUMPABLE => 4 };

my ($channel, $given);
my ($incoming, $outgoing) = ('', '');
my %process;      # id => { pid, in, waiting, streams, tee }
my %by_pid;       # pid => id
my %reading;      # fileno => { handle, id, stream }
my %client;       # fileno => { handle, buffer, waiting, asked }
my %notify;       # fileno => { handle, unit }
my ($signals, $listener);

sub run_init {
    ($channel, $given) = @_;
    $0 = 'init';
    system_call('prctl', PR_SET_DUMPABLE, 0, 0, 0, 0);
    $SIG{PIPE} = 'IGNORE';
    $signals = child_signals();
    open(STDERR, '>', '/dev/null');
    not_blocking($channel);
    listen_for_questions();
    send_up('ready');
    serve() while 1;
}

sub serve {
    my ($read, $write) = ('', '');
    my $full = length $outgoing > HIGH_WATER;
    vec($read, fileno $_, 1) = 1 for $channel, $signals;
    unless ($full) {
        vec($read, fileno $listener, 1) = 1 if keys %client < MOST_CLIENTS;
        vec($read, $_, 1) = 1 for keys %reading, keys %notify, keys %client;
    }
    vec($write, fileno $channel, 1) = 1 if length $outgoing;
    vec($write, $_, 1) = 1 for grep { length $client{$_}{waiting} } keys %client;
    vec($write, fileno $process{$_}{in}, 1) = 1 for grep { $process{$_}{in} && length $process{$_}{waiting} } keys %process;
    return if select($read, $write, undef, undef) < 0;

    flush_up() if vec($write, fileno $channel, 1);
    for (grep { $process{$_}{in} && vec($write, fileno $process{$_}{in}, 1) } keys %process) { feed($_) }
    for (grep { exists $client{$_} && vec($write, $_, 1) } keys %client) { feed_client($_) }
    for (grep { vec($read, $_, 1) } keys %reading) { drain($_) }
    for (grep { vec($read, $_, 1) } keys %notify) { hear($_) }
    for (grep { vec($read, $_, 1) } keys %client) { hear_client($_) }
    accept_client() if vec($read, fileno $listener, 1);
    if (vec($read, fileno $signals, 1)) { sysread($signals, my $ignored, 4096); reap_all() }
    hear_supervisor() if vec($read, fileno $channel, 1);
}

sub hear_supervisor {
    my $count = sysread($channel, $incoming, 262144, length $incoming);
    if (!defined $count) { return if $!{EAGAIN} || $!{EINTR}; exit 0 }
    exit 0 if $count == 0;
    my %verbs = (spawn => \&spawn_process, input => \&input, close => \&close_input, resize => \&resize, signal => \&signal_processes,
        call => \&answer_call, say => \&say_client, answer => \&end_client);
    while (defined(my $frame = take_frame(\$incoming))) {
        my ($verb, @words) = @$frame;
        my $do = $verbs{$verb} or exit 64;
        $do->(@words);
    }
}

sub send_up { $outgoing .= frame(@_); flush_up() }

sub flush_up {
    while (length $outgoing) {
        my $count = syswrite($channel, $outgoing);
        if (!defined $count) { return if $!{EAGAIN} || $!{EINTR}; exit 0 }
        substr($outgoing, 0, $count) = '';
    }
}

# ---- processes

sub spawn_process {
    my ($id, @pairs) = @_;
    my (%one, @argument, %environment, @limit);
    while (my ($key, $value) = splice(@pairs, 0, 2)) {
        if ($key eq 'arg') { push @argument, $value }
        elsif ($key eq 'env') { my ($name, $text) = split /=/, $value, 2; $environment{$name} = $text }
        elsif ($key eq 'limit') { push @limit, $value }
        else { $one{$key} = $value }
    }
    my $terminal = $one{pty} ? open_terminal($one{pty}) : undef;
    my (@out, @err, @in);
    my $to_channel = ($one{stdout} // 'channel') eq 'channel';
    if (!$terminal) {
        if ($to_channel) { pipe($out[0], $out[1]); pipe($err[0], $err[1]) }
        pipe($in[0], $in[1]) if ($one{stdin} // 'null') eq 'pipe';
    }
    pipe(my $said, my $say) or return send_up('failed', $id, "pipe: $!");
    $environment{NOTIFY_SOCKET} = listen_for_notices($one{notify}) if $one{notify};
    my $pid = fork();
    return send_up('failed', $id, "fork: $!") unless defined $pid;
    if ($pid == 0) {
        eval {
            unblock_signals();
            $SIG{PIPE} = 'DEFAULT';
            system_call('prctl', PR_SET_DUMPABLE, 1, 0, 0, 0);
            system_call('setsid');
            join_streams(\%one, $terminal, $in[0], $out[1], $err[1]);
            set_limit($_) for @limit;
            become($one{user}, $one{group}, \%environment);
            umask oct($one{umask} // '0022');
            my $folder = $one{cwd} // '/';
            chdir($folder eq '~' ? $environment{HOME} // '/' : $folder) or die "CHDIR $folder: $!\n";
            %ENV = %environment;
            { no warnings; exec { $argument[0] } @argument; }
            die "EXEC $argument[0]: $!\n";
        };
        syswrite($say, $@);
        exit 203;
    }
    close $say;
    my $trouble = '';
    1 while sysread($said, $trouble, 4096, length $trouble);
    if (length $trouble) {
        waitpid($pid, 0);
        chomp $trouble;
        return send_up('failed', $id, $trouble);
    }
    my $record = $process{$id} = { pid => $pid, streams => 0, waiting => '', in => undef };
    $by_pid{$pid} = $id;
    if (defined $one{tee} && open(my $file, '>>', $one{tee})) { $record->{tee} = $file }
    if ($terminal) {
        watch($terminal->{master}, $id, 'out');
        $record->{in} = $terminal->{master};
        $record->{terminal} = 1;
        close $terminal->{slave};
    } else {
        watch($out[0], $id, 'out') if $out[0];
        watch($err[0], $id, 'err') if $err[0];
        if ($in[1]) { not_blocking($in[1]); $record->{in} = $in[1] }
    }
    send_up('started', $id, $pid);
}

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

sub watch {
    my ($handle, $id, $stream) = @_;
    not_blocking($handle);
    $reading{ fileno $handle } = { handle => $handle, id => $id, stream => $stream };
    $process{$id}{streams}++;
}

sub drain {
    my ($number) = @_;
    my $entry = $reading{$number} or return;
    my $count = sysread($entry->{handle}, my $bytes, CHUNK);
    return if !defined $count && ($!{EAGAIN} || $!{EINTR});
    my $record = $process{ $entry->{id} };
    if ($count) {
        syswrite($record->{tee}, $bytes) if $record->{tee};
        return send_up('output', $entry->{id}, $entry->{stream}, $bytes);
    }
    delete $reading{$number};
    $record->{streams}--;
    undef $record->{in} if $record->{terminal};
    close $entry->{handle};
    settle($entry->{id});
}

# A process has ended when it has, not when every descendant has let go of its output.
sub reap_all {
    while ((my $pid = waitpid(-1, 1)) > 0) {
        my $status = $?;
        my $id = delete $by_pid{$pid};
        if (!defined $id) { send_up('reaped', $pid, $status); next }
        for (grep { $reading{$_}{id} eq $id } keys %reading) { drain($_) while still_has($_) }
        $process{$id}{status} = $status;
        undef $process{$id}{in} unless $process{$id}{terminal};
        send_up('ended', $id, $status);
        settle($id);
    }
}

sub still_has {
    my ($number) = @_;
    return 0 unless $reading{$number};
    my $ready = '';
    vec($ready, $number, 1) = 1;
    return select($ready, undef, undef, 0) > 0;
}

sub settle { my ($id) = @_; delete $process{$id} if defined $process{$id}{status} && !$process{$id}{streams} }

sub input {
    my ($id, $bytes) = @_;
    my $record = $process{$id} or return;
    return unless $record->{in};
    $record->{waiting} .= $bytes;
    feed($id);
}

sub feed {
    my ($id) = @_;
    my $record = $process{$id};
    return unless $record->{in};
    my $count = syswrite($record->{in}, $record->{waiting});
    if (defined $count) { substr($record->{waiting}, 0, $count) = '' }
    elsif (!$!{EAGAIN}) { $record->{waiting} = ''; undef $record->{in} }
    undef $record->{in} if $record->{closing} && !length $record->{waiting};
}

sub close_input {
    my ($id) = @_;
    my $record = $process{$id} or return;
    if ($record->{terminal}) { return input($id, "\x04") }
    $record->{closing} = 1;
    undef $record->{in} unless length $record->{waiting};
}

sub resize {
    my ($id, $rows, $columns) = @_;
    my $record = $process{$id} or return;
    ioctl($record->{in}, 0x5414, my $size = pack('S4', $rows, $columns, 0, 0)) if $record->{terminal} && $record->{in};
}

sub signal_processes { my ($number, @pids) = @_; kill $number + 0, grep { $_ != 1 && $_ != 0 } map { $_ + 0 } @pids }

# ---- files

sub answer_call {
    my ($id, $verb, @words) = @_;
    my %verbs = (read => \&read_file, write => \&write_file, append => \&append_file, list => \&list_folder, link => \&link_file,
        unlink => \&unlink_file, make => \&make_folder, owned => \&owned);
    my @answer = eval { my $do = $verbs{$verb} or die "unknown call $verb\n"; $do->(@words) };
    send_up('reply', $id, $@ ? ('error', $@ =~ s/\n\z//r) : ('ok', @answer));
}

sub read_file {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NONBLOCK | O_NOCTTY) or die "$!\n";
    die "not a file\n" unless -f $file;
    my $content = '';
    while (1) {
        my $count = sysread($file, $content, CHUNK, length $content) // die "$!\n";
        last unless $count;
        die "too large\n" if length $content > 1 << 22;
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
# those of the sessions that the named ones began, and whatever descends from any of them.
sub owned {
    my ($mark, @pids) = @_;
    my (%parent, %owned);
    my %named = map { $_ => 1 } grep { $_ > 1 } @pids;
    %owned = %named;
    opendir(my $folder, '/proc') or die "$!\n";
    for my $pid (grep { /^\d+\z/ && $_ > 1 } readdir $folder) {
        open(my $stat, '<', "/proc/$pid/stat") or next;
        my $line = <$stat> // next;
        my ($state, $above, $session) = $line =~ /.*\) (\S) (\d+) \d+ (\d+)/s or next;
        next if $state eq 'Z';
        $parent{$pid} = $above;
        $owned{$pid} = 1 if exists $named{$session};
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

# ---- notices of services (sd_notify), and questions of stand-ins

sub listen_for_notices {
    my ($unit) = @_;
    my $path = "/run/systemd/notify-$unit";
    for (grep { $notify{$_}{unit} eq $unit } keys %notify) { close $notify{$_}{handle}; delete $notify{$_} }
    unlink $path;
    my $handle;
    socket($handle, AF_UNIX, SOCK_DGRAM, 0) && bind($handle, pack_sockaddr_un($path)) or return '';
    chmod 0777, $path;
    not_blocking($handle);
    $notify{ fileno $handle } = { handle => $handle, unit => $unit };
    return $path;
}

sub hear {
    my ($number) = @_;
    my $entry = $notify{$number} or return;
    my $text = '';
    send_up('notify', $entry->{unit}, $text) if defined recv($entry->{handle}, $text, 4096, 0);
}

sub listen_for_questions {
    mkdir "/run/$_" for qw(terrace systemd systemd/system lock);
    chmod 01777, '/run/lock';
    socket($listener, AF_UNIX, SOCK_STREAM, 0) && bind($listener, pack_sockaddr_un('/run/terrace/ask')) && listen($listener, 64)
        or die "ask: $!\n";
    chmod 0666, '/run/terrace/ask';
    not_blocking($listener);
}

my $clients = 0;

sub accept_client {
    accept(my $handle, $listener) or return;
    not_blocking($handle);
    my ($pid, $uid) = unpack('iII', getsockopt($handle, SOL_SOCKET, 17));
    $client{ fileno $handle } = { handle => $handle, id => ++$clients, buffer => '', waiting => '', pid => $pid, uid => $uid };
}

sub hear_client {
    my ($number) = @_;
    my $entry = $client{$number} or return;
    my $count = sysread($entry->{handle}, $entry->{buffer}, CHUNK, length $entry->{buffer});
    return if !defined $count && ($!{EAGAIN} || $!{EINTR});
    if (!$count || length $entry->{buffer} > LARGEST_ASK) {
        send_up('gone', $entry->{id}) if $entry->{asked};
        delete $client{$number};
        return close $entry->{handle};
    }
    return if $entry->{asked};
    my $words = take_frame(\$entry->{buffer}) or return;
    $entry->{asked} = 1;
    send_up('ask', $entry->{id}, $entry->{uid}, $entry->{pid}, @$words);
}

sub client_number { my ($id) = @_; my ($number) = grep { $client{$_}{id} == $id } keys %client; return $number }

sub say_client {
    my ($id, @words) = @_;
    my $number = client_number($id) // return;
    $client{$number}{waiting} .= frame('say', @words);
    feed_client($number);
}

sub end_client {
    my ($id, $code) = @_;
    my $number = client_number($id) // return;
    $client{$number}{waiting} .= frame('end', $code);
    feed_client($number);
}

sub feed_client {
    my ($number) = @_;
    my $entry = $client{$number};
    my $count = syswrite($entry->{handle}, $entry->{waiting});
    if (defined $count) { substr($entry->{waiting}, 0, $count) = '' }
    elsif (!$!{EAGAIN}) { $entry->{waiting} = '' }
}

sub not_blocking { my ($handle) = @_; fcntl($handle, F_SETFL, fcntl($handle, F_GETFL, 0) | O_NONBLOCK) }

1;
