import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own below a folder, in a mount namespace that only what `prefix` runs is in: the host's mounts stay as they are. Needs root. */
export class SmallDisk implements AsyncDisposable {
  readonly #folder: string;
  readonly #holder: ChildProcess;

  /** @param owner user and group of the disk's own folder */
  static async mount(folder: string, owner: number): Promise<SmallDisk> {
    await mkdir(folder);
    const script = `mount -t tmpfs -o size=2g,mode=755,uid=${owner},gid=${owner} tmpfs "$1" && echo mounted && exec sleep infinity`;
    const words = ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', folder];
    const holder = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    return new SmallDisk(folder, holder);
  }

  private constructor(folder: string, holder: ChildProcess) {
    this.#folder = folder;
    this.#holder = holder;
  }

  /** What runs a command where the disk is mounted, in a working directory. */
  prefix(directory: string): string[] {
    return ['nsenter', `--mount=/proc/${this.#holder.pid}/ns/mnt`, 'env', '--chdir', directory];
  }

  /** A path of the disk as it is seen from outside of its namespace. */
  path(...names: readonly string[]): string {
    return join(`/proc/${this.#holder.pid}/root`, this.#folder, ...names);
  }

  /** Takes all room that is left, but for so many bytes. */
  async fill(left = 0): Promise<void> {
    const { blocks, bfree, bsize } = await statfs(this.path());
    await this.#resize(`${(blocks - bfree) * bsize + left}`);
  }

  async makeRoom(): Promise<void> {
    await this.#resize('2g');
  }

  async #resize(size: string): Promise<void> {
    await run('nsenter', [
      `--mount=/proc/${this.#holder.pid}/ns/mnt`,
      ...['mount', '-o', `remount,size=${size}`, this.#folder],
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#holder, 'exit');
    this.#holder.kill('SIGKILL');
    await ended;
  }
}
