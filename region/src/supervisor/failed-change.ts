import { failure, type Result } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { ControlEvent } from '../control/protocol.ts';
import { ProgramFailed } from '../host/run.ts';
import { DamagedState } from '../keeping/damaged-state.ts';
import { isOutOfRoom } from '../keeping/disk-room.ts';
import { NotConfirmed } from './creation-watch.ts';
import type { DiskWatch } from './disk-watch.ts';
import { ServiceRefused } from './keepers/service.ts';
import { isPortTaken, portTaken } from './region-mistakes.ts';

export const changeUndone = words('The change was not made.', '변경을 적용하지 않았습니다.');

/**
 * What is answered for a change that failed and was rolled back.
 *
 * @throws what nobody expected
 */
export function failedChange(error: unknown, port: number, disk: DiskWatch): ControlEvent {
  if (error instanceof DamagedState) return { kind: 'mistakes', mistakes: [error.mistake] };
  if (isOutOfRoom(error)) return { kind: 'mistakes', mistakes: [disk.full(changeUndone)] };
  if (error instanceof ServiceRefused) return { kind: 'mistakes', mistakes: [error.mistake] };
  if (error instanceof NotConfirmed) return { kind: 'mistakes', mistakes: error.mistakes };
  if (isPortTaken(error)) return { kind: 'mistakes', mistakes: [portTaken(port)] };
  if (error instanceof ProgramFailed) return { kind: 'failure', message: error.message };
  throw error;
}

export function refusedByDisk(error: unknown, disk: DiskWatch): Result<never> {
  if (!isOutOfRoom(error)) throw error;
  return failure([disk.full(changeUndone)]);
}
