import { setTimeout as delay } from 'node:timers/promises';
import { words } from '@terrace/cloud/words';
import { hasRoom, isOutOfRoom, saysNoRoom } from '../keeping/disk-room.ts';
import type { DatabaseEvent } from './configuration.ts';

/** Milliseconds before each start that counts; after them the server is left. */
const pauses = [0, 500, 1000, 2000, 4000];
/** Milliseconds between two starts on a full disk, of which none counts. */
const pauseOnFullDisk = 2000;

/** A server that ended by itself and is to be started again. */
interface EndedServer {
  readonly id: string;
  /** On the disk of its data. */
  readonly directory: string;
  /** Resolves to what kept it from starting, `undefined` where it started. */
  launch(): Promise<string | undefined>;
  lastWords(): Promise<string>;
  isStopping(): boolean;
  emit(event: DatabaseEvent): void;
}

/**
 * Starts a server again, as RDS does; it recovers from its log. After several failures it is left, but never for want of room: PostgreSQL ends
 * itself on a full disk, and comes back with everything it acknowledged once there is room.
 *
 * https://www.postgresql.org/docs/17/disk-full.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html#CHAP_Troubleshooting.Storage
 */
export async function startAgain(server: EndedServer, pause = pauseOnFullDisk): Promise<void> {
  const { id } = server;
  let failures = 0;
  let wasFull = false;
  for (;;) {
    await delay(wasFull ? pause : pauses[failures]);
    if (server.isStopping()) return;
    if (!wasFull) server.emit({ kind: 'crashed', database: id, said: await server.lastWords() });
    const said = await server.launch().catch((error: unknown) => {
      if (isOutOfRoom(error)) return String(error);
      throw error;
    });
    if (said === undefined) return server.emit({ kind: 'ready', database: id, created: false, milliseconds: 0 });
    const isFull = saysNoRoom(said) || !hasRoom(server.directory);
    if (isFull && !wasFull) server.emit(waitsForRoom(id));
    wasFull = isFull;
    if (isFull) continue;
    failures += 1;
    if (failures < pauses.length) continue;
    if (!server.isStopping()) server.emit({ kind: 'given-up', database: id, said });
    return;
  }
}

export function waitsForRoom(database: string): DatabaseEvent {
  const undone = words(
    `The database ${database} is down until it has room, with everything that it acknowledged; it is started again and again.`,
    `데이터베이스 ${database}{은/는} 공간이 생길 때까지 멈춰 있습니다. 커밋된 데이터는 그대로이며, 시작을 계속 다시 시도합니다.`,
  );
  return { kind: 'no-room', database, isDown: true, undone };
}
