import { readFile } from 'node:fs/promises';
import { isMapped } from '../host/users.ts';

/**
 * How a database server is kept from the machine it runs on: a mount namespace whose root holds the server's own
 * programs, the system's libraries (read-only) and the database's own folders, and nothing else; and a user without any right.
 */
export interface PrivateView {
  /** A file of a network namespace; `null` stays in the present one. */
  readonly networkNamespace: string | null;
  readonly user: ServerUser;
  /** An empty folder to build the view on. */
  readonly mountPoint: string;
  /** Held from before the start to the end of the last process; a second server on the same data ends with `heldExitCode`. */
  readonly lockFile: string;
  readonly binds: readonly Bind[];
  /** Where a server has libraries of its own, within the view: there is no `/proc` there to find them by. */
  readonly libraryPath: string | null;
  /** Removed once the lock is held: what a server that was killed leaves behind, as `postmaster.pid`. */
  readonly leftovers: readonly string[];
}

export interface Bind {
  readonly source: string;
  /** Absolute, within the view. */
  readonly target: string;
  readonly writable: boolean;
}

/**
 * - `own`: a real user of this user namespace that has nothing but the database.
 * - `nested`: where there is only one user (rootless): the same user, who is somebody without rights in a user namespace of the server's own.
 */
export type ServerUser =
  | { readonly kind: 'own'; readonly id: number }
  | { readonly kind: 'nested'; readonly id: number };

/** What the start ends with when another process holds the lock. */
export const heldExitCode = 75;

/** The number by which a server's processes hold the lock. */
export const lockDescriptor = 9;

/** From the range that systemd gives out at run time: no account of the machine has it. */
const ownUser = 61432;

/** An own user where the present user namespace has more than one; otherwise a nested one. */
export async function availableUser(): Promise<ServerUser> {
  const map = await readFile('/proc/self/uid_map', 'utf8');
  return process.getuid?.() === 0 && isMapped(map, ownUser)
    ? { kind: 'own', id: ownUser }
    : { kind: 'nested', id: 1000 };
}

/** The command that runs `command`, a path within the view and its arguments, inside the view. */
export function insideView(view: PrivateView, command: readonly string[]): string[] {
  const enter = view.networkNamespace === null ? [] : ['nsenter', `--net=${view.networkNamespace}`, '--'];
  return [...enter, 'unshare', '--mount', '--ipc', '--', 'sh', '-ec', script(view), 'sh', ...command];
}

/** Libraries and the few programs that a server calls: those of archiving its log, and those of the last step into the view. */
const libraries = ['/usr/lib', '/usr/lib64', '/usr/share/zoneinfo'];
const programs = ['sh', 'cp', 'mv', 'sync', 'setpriv', 'unshare'].map((name) => `/usr/bin/${name}`);
const devices = ['null', 'zero', 'random', 'urandom'];

function script(view: PrivateView): string {
  const { id } = view.user;
  const root = quoted(view.mountPoint);
  // `--keep-caps`: without them, setpriv would pass over the bounding set in silence.
  const become =
    view.user.kind === 'own'
      ? `setpriv --reuid=${id} --regid=${id} --clear-groups`
      : `unshare --user --map-user=${id} --map-group=${id} --keep-caps -- setpriv`;
  return `
exec ${lockDescriptor}>>${quoted(view.lockFile)}
flock --nonblock ${lockDescriptor} || exit ${heldExitCode}
${view.leftovers.map((path) => `rm -f ${quoted(path)}`).join('\n')}
mount -t tmpfs -o mode=755,size=16m tmpfs ${root}
mkdir -p ${['usr/bin', 'usr/share', 'dev/shm', 'tmp', 'etc', 'proc', 'former'].map((name) => `${root}/${name}`).join(' ')}
cp ${programs.join(' ')} ${root}/usr/bin
bind() {
  if [ -d "$2" ]; then mkdir -p ${root}"$3"; else mkdir -p ${root}"\${3%/*}"; : > ${root}"$3"; fi
  mount -o "$1" "$2" ${root}"$3"
}
locked() { findmnt -n -o VFS-OPTIONS -T "$1" | tr , '\\n' | grep -E '^(nosuid|nodev|noexec|noatime|relatime|nodiratime)$' | paste -sd,; }
read_only() {
  # What a mount outside forbids, one in a user namespace has to forbid too.
  bind bind,ro "$1" "$2" 2>/dev/null || mount -o "remount,bind,ro,$(locked "$1")" ${root}"$2"
}
for each in ${libraries.join(' ')}; do if [ -e $each ]; then read_only $each $each; fi; done
for each in bin lib lib32 lib64; do
  if [ -L /$each ]; then ln -s usr/$each ${root}/$each; elif [ -d /$each ] && [ $each != bin ]; then read_only /$each /$each; fi
done
for each in ${devices.join(' ')}; do bind bind /dev/$each /dev/$each; done
bind rbind /proc /proc
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs ${root}/dev/shm
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs ${root}/tmp
printf 'root:x:0:0::/:/bin/false\\ndatabase:x:${id}:${id}::/:/bin/false\\n' > ${root}/etc/passwd
printf 'root:x:0:\\ndatabase:x:${id}:\\n' > ${root}/etc/group
${view.binds.map(({ source, target, writable }) => `${writable ? 'bind bind' : 'read_only'} ${quoted(source)} ${quoted(target)}`).join('\n')}
cd ${root}
pivot_root . former
cd /
/former/usr/bin/umount --lazy /former ${view.user.kind === 'own' ? '/proc' : '# a nested user namespace is given its users by way of /proc'}
${view.libraryPath === null ? '' : `export LD_LIBRARY_PATH=${quoted(view.libraryPath)}`}
exec ${become} --bounding-set=-all --inh-caps=-all --no-new-privs --pdeathsig=KILL -- "$@"
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
