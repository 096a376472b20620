# Process 1 of an instance. It starts processes, reports what becomes of them, and reads and writes files in the
# instance's own root on the supervisor's behalf, so that the supervisor never opens a path that an instance could
# have made to point elsewhere. It decides nothing: what a unit or a user data part means, the supervisor knows.
#
# Frames from the supervisor (first field, then the others):
#   spawn ID key value …       keys: arg, env, cwd, user, group, stdin (null|pipe), stdout (channel|null|append:F|truncate:F),
#                              tee (a file that gets all output besides), pty (ROWSxCOLUMNS), notify (a unit's name), umask,
#                              limit (RESOURCE:SOFT:HARD)
#   input ID BYTES · close ID · resize ID ROWS COLUMNS
#   hold ID · resume ID · deaf ID                its output is not read for a while, again, no more: it waits, or is told so (SIGPIPE)
#   signal NUMBER PID …        a negative PID is a process group
#   call ID VERB …             read F · write F MODE CONTENT · append F CONTENT · list F · link TARGET F · unlink F ·
#                              make F MODE [USER] · owned MARK PID|sSESSION … · answer, which is nothing but an answer
#   say ID STREAM BYTES · answer ID CODE         to a stand-in that asked
# Frames to the supervisor:
#   ready · started ID PID · failed ID MESSAGE · output ID STREAM BYTES · took ID COUNT (bytes of input that are gone from here) ·
#   ended ID STATUS · closed ID · reaped PID STATUS
#   reply ID ok|error FIELDS · ask ID UID PID WORDS… · gone ID · notify UNIT TEXT · log TEXT
use strict;
use warnings;

(my $beside = __FILE__) =~ s{[^/]*$}{};
require "${beside}$_.pl" for qw(files start);

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
    # Of its own /dev: what it starts may inherit them.
    open(STDIN, '<', '/dev/null') && open(STDOUT, '>', '/dev/null') && open(STDERR, '>', '/dev/null') or exit 73;
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
        vec($read, $_, 1) = 1 for grep({ !$process{ $reading{$_}{id} }{held} } keys %reading), keys %notify, keys %client;
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
    my %verbs = (spawn => \&spawn_process, input => \&input, close => \&close_input, resize => \&resize,
        hold => sub { hold($_[0], 1) }, resume => sub { hold($_[0], 0) }, deaf => \&close_output, signal => \&signal_processes,
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
    close_stream($number);
}

sub close_stream {
    my ($number) = @_;
    my $entry = delete $reading{$number} or return;
    my $record = $process{ $entry->{id} };
    $record->{streams}--;
    undef $record->{in} if $record->{terminal};
    close $entry->{handle};
    settle($entry->{id});
}

sub hold { my ($id, $held) = @_; $process{$id}{held} = $held if $process{$id} }

sub close_output { my ($id) = @_; close_stream($_) for grep { $reading{$_}{id} eq $id } keys %reading }

# A process has ended when it has, not when every descendant has let go of its output.
sub reap_all {
    while ((my $pid = waitpid(-1, 1)) > 0) {
        my $status = $?;
        my $id = delete $by_pid{$pid};
        if (!defined $id) { send_up('reaped', $pid, $status); next }
        # What it wrote comes before its end; what a descendant goes on writing need not.
        for my $number (grep { $reading{$_}{id} eq $id } keys %reading) {
            for (1 .. 32) { last unless still_has($number); drain($number) }
        }
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

# It is over when it has ended and nobody holds its output any more.
sub settle {
    my ($id) = @_;
    return unless defined $process{$id}{status} && !$process{$id}{streams};
    delete $process{$id};
    send_up('closed', $id);
}

sub input {
    my ($id, $bytes) = @_;
    my $record = $process{$id} or return;
    return send_up('took', $id, length $bytes) unless $record->{in};
    $record->{waiting} .= $bytes;
    feed($id);
}

sub feed {
    my ($id) = @_;
    my $record = $process{$id};
    return unless $record->{in};
    my $length = length $record->{waiting};
    my $count = syswrite($record->{in}, $record->{waiting});
    if (defined $count) { substr($record->{waiting}, 0, $count) = '' }
    elsif (!$!{EAGAIN}) { $record->{waiting} = ''; undef $record->{in} }
    my $taken = $length - length $record->{waiting};
    send_up('took', $id, $taken) if $taken;
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

# ---- files and processes, as files.pl looks after them

sub answer_call {
    my ($id, $verb, @words) = @_;
    my %verbs = (read => \&read_file, write => \&write_file, append => \&append_file, list => \&list_folder, link => \&link_file,
        unlink => \&unlink_file, make => \&make_folder, owned => \&owned, answer => sub { () });
    my @answer = eval { my $do = $verbs{$verb} or die "unknown call $verb\n"; $do->(@words) };
    send_up('reply', $id, $@ ? ('error', $@ =~ s/\n\z//r) : ('ok', @answer));
}

# ---- notices of services (sd_notify), and questions of stand-ins

sub listen_for_notices {
    my ($unit) = @_;
    my $path = $unit eq '/dev/log' ? '/run/systemd/journal/dev-log' : "/run/systemd/notify-$unit";
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
    send_up($entry->{unit} eq '/dev/log' ? ('log', $text) : ('notify', $entry->{unit}, $text)) if defined recv($entry->{handle}, $text, 4096, 0);
}

sub listen_for_questions {
    mkdir "/run/$_" for qw(terrace systemd systemd/system systemd/journal lock);
    chmod 01777, '/run/lock';
    socket($listener, AF_UNIX, SOCK_STREAM, 0) && bind($listener, pack_sockaddr_un('/run/terrace/ask')) && listen($listener, 64)
        or die "ask: $!\n";
    chmod 0666, '/run/terrace/ask';
    not_blocking($listener);
    listen_for_notices('/dev/log');
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
