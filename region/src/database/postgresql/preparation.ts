import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { DamagedState, readKept } from '../../keeping/damaged-state.ts';
import { diskFull, roomFor } from '../../keeping/disk-room.ts';
import { copyData } from '../copy-data.ts';
import { dataInUse, otherMajorVersion } from '../mistakes.ts';
import type { Binaries } from './binaries.ts';
import { emptyCluster } from './cluster.ts';
import type { DatabaseNode } from './node.ts';

/** MiB that have to be free: an empty cluster, its log and room for a first checkpoint. */
const needed = { toCreate: 256, toStart: 64 } as const;

/** Sees that a node has data of its own version, nobody else's, and room; makes an empty cluster where there is none. */
export async function prepare(node: DatabaseNode, binaries: Binaries): Promise<Mistake | undefined> {
  const { place, directory, cache, user } = node.configuration;
  const { data } = node.folders;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await mkdir(cache, { recursive: true, mode: 0o700 });
  if (await node.isHeld()) return dataInUse(place, directory);
  const kept = await keptVersion(data);
  if (kept !== undefined && Number(kept) !== binaries.major) {
    return otherMajorVersion(place, kept, binaries.major, data);
  }
  const room = roomFor(directory);
  const wanted = kept === undefined ? needed.toCreate : needed.toStart;
  if (room.free < wanted) return diskFull(room, [notStarted], wanted, place);
  if (kept === undefined) await copyData(await emptyCluster(binaries, cache, user), data);
  return undefined;
}

/** `undefined` where there is no cluster. */
export async function keptVersion(data: string): Promise<string | undefined> {
  const file = join(data, 'PG_VERSION');
  const version = (await readKept(file))?.trim();
  if (version === undefined || /^\d+$/.test(version)) return version;
  throw new DamagedState(file, noVersion, restoreData(data));
}

const notStarted = words('The database was not started.', '데이터베이스를 시작하지 않았습니다.');

const noVersion = words(
  "The database's data is damaged: this file does not say which version of PostgreSQL wrote it.",
  '데이터베이스의 데이터가 손상되었습니다. 이 파일에 데이터를 쓴 PostgreSQL의 버전이 없습니다.',
);

function restoreData(data: string) {
  return words(
    `put back a copy of ${data}; or begin with an empty database (rm -r ${data}), which loses what is in it`,
    `${data} 폴더를 백업으로 되돌리거나, 지우고(rm -r ${data}) 빈 데이터베이스로 시작하세요. 지우면 데이터가 사라집니다`,
  );
}
