import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import { exists } from '../exists.ts';

/** What has to be known of a Multi-AZ instance even after the machine fails at the worst moment. */
export interface PairState {
  /** The node that takes writes. */
  readonly active: 'primary' | 'standby';
  /**
   * Whether the other has everything that was ever acknowledged. It becomes false on the disk before the active node is let
   * go on without the other, and true only after it waits for it again.
   */
  readonly inSync: boolean;
}

export async function readPairState(path: string): Promise<PairState> {
  const is = ({ active, inSync }: PairState) =>
    (active === 'primary' || active === 'standby') && typeof inSync === 'boolean';
  return (await readKeptJson(path, is, primaryIsTaken)) ?? { active: 'primary', inSync: false };
}

/** On the disk when it resolves. */
export function writePairState(path: string, state: PairState): Promise<void> {
  return writeWhole(path, JSON.stringify(state));
}

const primaryIsTaken = words(
  'the server in the first zone then counts as the one that took the last writes, and the other is made anew from it; what was written after a failover to the other would be lost (write {"active":"standby","inSync":false} into the file to take that one)',
  '첫 번째 가용 영역의 서버를 마지막으로 쓰기를 받은 서버로 보고 다른 쪽을 새로 만듭니다. 다른 쪽으로 장애 조치된 뒤에 쓴 데이터는 사라집니다(그쪽을 쓰려면 파일에 {"active":"standby","inSync":false}를 적으세요).',
);

/**
 * Makes a single instance of what was a pair: the data of the node that took writes last becomes the instance's, the
 * other's, which may lack something, goes. Nothing of either may be running.
 */
export async function becomeSingle(directory: string): Promise<void> {
  const file = join(directory, 'pair.json');
  const { active } = await readPairState(file);
  const last = join(directory, 'standby', 'data');
  // After a failure in between, what is moved already is not there any more.
  if (active === 'standby' && (await exists(last))) {
    await rm(join(directory, 'data'), { recursive: true, force: true });
    await rename(last, join(directory, 'data'));
  }
  await rm(file, { force: true });
  await rm(join(directory, 'standby'), { recursive: true, force: true });
}
