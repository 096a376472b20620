import type { Words } from '@terrace/cloud/words';
import type { Connection } from './connection.ts';

/** A step of an instance's boot that was refused, whatever the script that asked for it made of that. */
export interface Trouble {
  readonly kind: 'install' | 'download' | 'aws-call' | 'unit' | 'signal';
  /** As the script wrote it, for example `dnf install -y nginx`. */
  readonly command: string;
  /** A sentence without its full stop. */
  readonly cause: Words;
  /** Where no connection came about. */
  readonly unreached: Unreached | null;
}

/** A destination that the instance did not reach; `address` is `null` where its name did not resolve. */
export interface Unreached {
  readonly host: string;
  readonly port: number;
  readonly address: string | null;
  readonly outcome: Connection['outcome'];
}

/** As many are remembered of one boot: an instance may fail as often as it likes. */
const most = 20;

/** The troubles of a first boot, in the order in which they came. One that the script tried again with success is none. */
export class Troubles {
  readonly #troubles = new Map<string, Trouble>();
  #over = false;

  add(trouble: Trouble): void {
    if (this.#over || this.#troubles.has(trouble.command) || this.#troubles.size >= most) return;
    this.#troubles.set(trouble.command, trouble);
  }

  /** The same command, tried again, succeeded. */
  resolve(command: string): void {
    if (!this.#over) this.#troubles.delete(command);
  }

  /** The boot is over: commands that people run from now on show their errors to those people. */
  end(): readonly Trouble[] {
    this.#over = true;
    return [...this.#troubles.values()];
  }
}
