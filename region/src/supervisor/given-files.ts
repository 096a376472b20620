import { join } from 'node:path';
import { allocationsFileName, givenToMembers, membersFileName } from '@terrace/cloud/allocate/members';
import type { Allocations } from '@terrace/cloud/inventory';
import { words } from '@terrace/cloud/words';
import { failed, type Incident } from '../incident.ts';
import { isOutOfRoom } from '../keeping/disk-room.ts';
import { writeWhole } from '../keeping/write-whole.ts';
import { Turns } from '../turns.ts';

/** Milliseconds between two tries to write what a full disk did not take. */
const pause = 1000;

/**
 * Keeps what was given out for the next load of the project. The region does, and not who asked for a change: that one may be gone before the
 * change is through, and what was replaced would be taken for the former one later, a database with its data among it.
 */
export class GivenFiles {
  readonly #directory: string;
  readonly #on: (incident: Incident) => void;
  readonly #turns = new Turns();
  /** Of members, not yet on the disk; only the last counts. */
  #owed: Allocations | null = null;
  /** Whether that has been told. */
  #isLate = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(stateDirectory: string, on: (incident: Incident) => void) {
    this.#directory = stateDirectory;
    this.#on = on;
  }

  /**
   * Of a change that has got through.
   *
   * @throws where the disk does not take it; the former file stays
   */
  keep(allocations: Allocations): Promise<void> {
    return this.#write(allocationsFileName, allocations);
  }

  /** What members of groups have, which changes between two changes, too. A full disk is waited for: the region stands already. */
  async keepMembers(allocations: Allocations): Promise<void> {
    this.#owed = givenToMembers(allocations);
    await this.#pay();
  }

  async #pay(): Promise<void> {
    clearTimeout(this.#timer);
    const owed = this.#owed;
    if (!owed) return;
    try {
      await this.#write(membersFileName, owed);
      if (this.#owed === owed) this.#owed = null;
      this.#isLate = false;
    } catch (error) {
      if (!this.#isLate) this.#on(late(error));
      this.#isLate = true;
      this.#timer = setTimeout(() => void this.#pay(), pause).unref();
    }
  }

  #write(name: string, allocations: Allocations): Promise<void> {
    const text = `${JSON.stringify(allocations, null, 1)}\n`;
    return this.#turns.take(() => writeWhole(join(this.#directory, name), text));
  }
}

function late(error: unknown): Incident {
  return isOutOfRoom(error) ? { kind: 'no-room', part: membersFileName, undone } : failed(membersFileName, error);
}

const undone = words(
  'The addresses that members of groups now have are not written down yet.',
  '그룹의 인스턴스가 지금 쓰는 주소를 아직 기록하지 못했습니다.',
);
