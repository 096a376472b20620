import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { isMapped } from '../../host/users.ts';
import { namespaceFile } from '../../namespaces/network-namespace.ts';

/**
 * How HAProxy is kept from the machine it runs on: a root that holds the system's programs and libraries, read-only, and one folder of its
 * own; no capability, no way to gain one, and a user without any right where there is more than one. The view is made once
 * and entered by every process, so that starting or replacing one costs nothing more.
 */
export class ProxyView {
  readonly #user: number | null;
  #made: Promise<string> | null = null;

  /** @param folder what the processes may read and write; made if it is not there */
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#user = isMapped(readFileSync('/proc/self/uid_map', 'utf8'), ownUser) ? ownUser : null;
    this.own(folder);
  }

  /** Gives a file to the user that the processes run as. */
  own(path: string): void {
    if (this.#user !== null) chownSync(path, this.#user, this.#user);
  }

  /** The words that run HAProxy in a network namespace; its process is the one that is started. */
  async command(networkNamespace: string, ...words: readonly string[]): Promise<[string, string[]]> {
    this.#made ??= this.#make();
    const view = await this.#made;
    const become = this.#user === null ? [] : [`--reuid=${this.#user}`, `--regid=${this.#user}`, '--clear-groups'];
    return [
      'nsenter',
      [
        `--mount=${view}`,
        `--net=${namespaceFile(networkNamespace)}`,
        '--',
        'setpriv',
        ...become,
        '--bounding-set=-all',
        '--inh-caps=-all',
        '--no-new-privs',
        'haproxy',
        ...words,
      ],
    ];
  }

  /** A process that does nothing holds the view open until the region ends. */
  async #make(): Promise<string> {
    const root = `${this.folder}.root`;
    mkdirSync(root, { recursive: true });
    const words = ['--mount', '--propagation', 'private', 'sh', '-ec', script, 'sh', root, this.folder];
    const holder = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once('data', resolve);
      holder.once('error', reject);
      holder.once('exit', (code) => reject(new Error(`no view for HAProxy could be made (${code})`)));
    });
    holder.unref();
    return `/proc/${holder.pid}/ns/mnt`;
  }
}

/** From the range that systemd gives out at run time: no account of the machine has it, nor has the database's. */
const ownUser = 61433;

/** Arguments: the empty folder that becomes the root, and the processes' own folder. */
const script = `
root=$1
mount -t tmpfs -o mode=755,size=1m,nosuid tmpfs "$root"
bind() {
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$(dirname "$root$1")"; : > "$root$1"; fi
  mount --bind "$1" "$root$1"
}
locked() { findmnt -n -o VFS-OPTIONS -T "$1" | tr , '\\n' | grep -E '^(nosuid|nodev|noexec|noatime|relatime|nodiratime)$' | paste -sd,; }
read_only() {
  bind "$1"
  mount -o remount,bind,ro "$root$1" 2>/dev/null || mount -o "remount,bind,ro,$(locked "$1")" "$root$1"
}
read_only /usr
for each in bin sbin lib lib32 lib64; do
  if [ -L /$each ]; then ln -s usr/$each "$root/$each"; elif [ -d /$each ]; then read_only /$each; fi
done
for each in null zero random urandom; do bind /dev/$each; done
bind "$2"
bind /proc
mkdir -p "$root/former"
cd "$root"
pivot_root . former
cd /
umount --lazy /former /proc
echo made
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs sleep infinity
`;
