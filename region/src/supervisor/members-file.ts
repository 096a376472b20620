import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenToMembers, membersFileName } from '@terrace/cloud/allocate/members';
import type { Allocations } from '@terrace/cloud/inventory';

/** Keeps what members of groups were given, which changes between two commands, for the next load of the project. */
export class MembersFile {
  readonly #file: string;
  #written = '';

  constructor(stateDirectory: string) {
    this.#file = join(stateDirectory, membersFileName);
  }

  keep(allocations: Allocations): void {
    const text = `${JSON.stringify(givenToMembers(allocations), null, 1)}\n`;
    if (text === this.#written) return;
    writeFileSync(`${this.#file}.part`, text, { mode: 0o600 });
    renameSync(`${this.#file}.part`, this.#file);
    this.#written = text;
  }
}
