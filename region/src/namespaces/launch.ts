import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { divideDelegatedGroup } from '../bounds/groups.ts';
import { findProgram } from '../host/programs.ts';
import { existingToolkit } from '../host/toolkit.ts';
import { hasSubordinateIds, isRootless } from '../host/users.ts';
import { makePrivateFolder } from '../keeping/private-folder.ts';

/** How a region's processes are set apart from the host. */
interface Launch {
  /** The state directory of the project; the supervisor's own log goes there. */
  readonly stateDirectory: string;
  /** The script that becomes process 1 of the region, and its arguments: no secret among them. */
  readonly script: string;
  readonly words: readonly string[];
  /** True where the region goes on when the one who launched it ends. */
  readonly detached: boolean;
  /** `channel` gives the launcher pipes to the script's standard input and output; otherwise the log takes its output. */
  readonly channel?: boolean;
}

/**
 * Starts a region's supervisor as process 1 of its own process and mount namespaces, and for an ordinary user of a user namespace in
 * which it is root. When it ends, however it ends, the kernel ends everything in them: there is nothing to clean up.
 */
export function launch({ stateDirectory, script, words, detached, channel = false }: Launch): ChildProcess {
  makePrivateFolder(stateDirectory);
  divideDelegatedGroup();
  const log = openSync(join(stateDirectory, 'supervisor.log'), 'a', 0o600);
  const toolkit = existingToolkit();
  const [program, ...rest] = [
    // A region in the foreground ends with its launcher, even if that is killed.
    ...(detached ? [] : ['setpriv', '--pdeathsig', 'KILL', 'sh', '-c', unlessOrphaned, 'sh', String(process.pid)]),
    'unshare',
    ...userNamespace(),
    '--mount',
    '--propagation',
    'private',
    '--pid',
    '--ipc',
    '--uts',
    '--fork',
    '--kill-child',
    'sh',
    '-c',
    ground,
    'terrace-region',
    toolkit ?? '',
    process.execPath,
    script,
    ...words,
  ];
  const child = spawn(program!, rest, {
    detached: true,
    // In the foreground the script has an end of a pipe whose other end is its launcher's.
    stdio: channel ? ['pipe', 'pipe', log] : [detached ? 'ignore' : 'pipe', log, log],
    env: { ...supervisorEnvironment(), PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  closeSync(log);
  return child;
}

/** With `newuidmap` and a range of subordinate ids there are many users inside; without, only root. */
export function userNamespace(): string[] {
  if (!isRootless()) return [];
  const range = findProgram('newuidmap', null) !== undefined && hasSubordinateIds();
  return range ? ['--user', '--map-root-user', '--map-auto'] : ['--user', '--map-root-user'];
}

/** Only what a program needs: none of the user's own variables, which may hold secrets, reach the region. */
function supervisorEnvironment(): NodeJS.ProcessEnv {
  const kept = ['LANG', 'LC_ALL', 'TZ', 'HOME', 'XDG_CACHE_HOME'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** A launcher that was killed before its death could be told of would be waited for in vain. */
const unlessOrphaned = '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"';

/**
 * The ground a region stands on, private to it: its own `/proc`, an empty `/run` for names of namespaces and sockets, and the toolkit's programs
 * under `/usr`, whose own stays at `/run/terrace/usr`. Arguments: toolkit or nothing, Node, script, words.
 */
const ground = `set -e
toolkit=$1
shift
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/netns /run/terrace/usr
mount --bind /usr /run/terrace/usr
if [ -n "$toolkit" ]; then
  mount -t overlay overlay -o "lowerdir=$toolkit/usr:/usr" /usr
fi
exec "$@"
`;
