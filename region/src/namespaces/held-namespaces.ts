import { closeSync, fstatSync, openSync, statSync, writeFileSync } from 'node:fs';
import { run } from '../host/run.ts';
import { namespaceFile } from './network-namespace.ts';

/**
 * Network namespaces that stay while they are held, whatever becomes of their names: who takes a name away, or gives it to another
 * namespace, loses nothing that is in it, and the name can be put back.
 */
export class HeldNamespaces {
  readonly #held = new Map<string, number>();

  /** From now on these and no others. */
  hold(names: readonly string[]): void {
    const kept = new Set(names);
    for (const [name, file] of this.#held) {
      if (kept.has(name)) continue;
      closeSync(file);
      this.#held.delete(name);
    }
    for (const name of kept) {
      if (!this.#held.has(name)) this.#held.set(name, openSync(namespaceFile(name), 'r'));
    }
  }

  /** Whether the name means the namespace that is held by it, and not nothing, an empty file or another one, as the host's own. */
  isNamed(name: string): boolean {
    const held = fstatSync(this.#fileOf(name));
    const named = statSync(namespaceFile(name), { throwIfNoEntry: false });
    return named?.ino === held.ino && named.dev === held.dev;
  }

  /** @throws ProgramFailed where the kernel refuses */
  async putBack(name: string): Promise<void> {
    const path = namespaceFile(name);
    // Whatever else is mounted there; where nothing is, there is nothing to take away.
    await run('umount', ['--lazy', path]).catch(() => undefined);
    writeFileSync(path, '', { flag: 'a' });
    await run('mount', ['--no-canonicalize', '--bind', `/proc/${process.pid}/fd/${this.#fileOf(name)}`, path]);
  }

  #fileOf(name: string): number {
    const file = this.#held.get(name);
    if (file === undefined) throw new Error(`nobody holds the network namespace ${name}`);
    return file;
  }
}
