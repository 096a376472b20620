import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationsFileName, givenToMembers, membersFileName } from '@terrace/cloud/allocate/members';
import type { Allocations } from '@terrace/cloud/inventory';

/**
 * Keeps what was given out for the next load of the project. The region does, and not who asked for a change: that one may be gone before the
 * change is through, and what was replaced would be taken for the former one later, a database with its data among it.
 */
export class GivenFiles {
  readonly #directory: string;

  constructor(stateDirectory: string) {
    this.#directory = stateDirectory;
  }

  /** Of a change that has got through. */
  keep(allocations: Allocations): void {
    this.#write(allocationsFileName, allocations);
  }

  /** What members of groups have, which changes between two changes, too. */
  keepMembers(allocations: Allocations): void {
    this.#write(membersFileName, givenToMembers(allocations));
  }

  #write(name: string, allocations: Allocations): void {
    const file = join(this.#directory, name);
    writeFileSync(`${file}.part`, `${JSON.stringify(allocations, null, 1)}\n`, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }
}
