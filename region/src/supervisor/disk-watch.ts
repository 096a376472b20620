import type { Mistake } from '@terrace/cloud/mistake';
import type { Words } from '@terrace/cloud/words';
import type { Incident } from '../incident.ts';
import { diskFull, leastRoom, roomFor } from '../keeping/disk-room.ts';

/** What a region could not do for want of room on the disk of its state. It forgets that as soon as there is room: each part then goes on by itself. */
export class DiskWatch {
  readonly #stateDirectory: string;
  readonly #undone = new Map<string, Words>();

  constructor(stateDirectory: string) {
    this.#stateDirectory = stateDirectory;
  }

  heard(incident: Incident): void {
    if (incident.kind === 'no-room') this.#undone.set(incident.part, incident.undone);
  }

  /** The disk as it is now, where it is full. `undone`: what is not done besides. */
  mistakes(...undone: readonly Words[]): Mistake[] {
    if (roomFor(this.#stateDirectory).free < leastRoom) return [this.full(...undone)];
    this.#undone.clear();
    return [];
  }

  full(...undone: readonly Words[]): Mistake {
    return diskFull(roomFor(this.#stateDirectory), [...undone, ...this.#undone.values()]);
  }
}
