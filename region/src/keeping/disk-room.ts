import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Mistake, mistake, type Place } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';

/**
 * MiB below which a disk counts as full: one file of a PostgreSQL server's log, which the server makes whole before it writes to it. What is
 * left below that is for data: logs are dropped.
 *
 * https://www.postgresql.org/docs/17/wal-internals.html
 */
export const leastRoom = 16;

export interface DiskRoom {
  /** What was asked about. */
  readonly path: string;
  readonly mountPoint: string;
  /** MiB that an ordinary user may still write. */
  readonly free: number;
}

/** How much room is left for a path, or for the nearest folder above it that is there. */
export function roomFor(path: string): DiskRoom {
  const there = nearest(path);
  const { bavail, bsize } = statfsSync(there);
  return { path, mountPoint: mountPointOf(realpathSync(there)), free: Math.floor((bavail * bsize) / 2 ** 20) };
}

export function hasRoom(path: string): boolean {
  return roomFor(path).free >= leastRoom;
}

/** A system call that found no room: a full disk, or a user's share of one that is used up. */
export function isOutOfRoom(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || saysNoRoom(message ?? '');
}

/** As programs and Node print it, in the words of the C library. */
export function saysNoRoom(said: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(said);
}

/** @param undone what was not done for want of room, each as a sentence */
export function diskFull(room: DiskRoom, undone: readonly Words[], needed = leastRoom, place: Place = {}): Mistake {
  const { path, mountPoint, free } = room;
  const listed = (language: 'en' | 'ko') => undone.map((each) => ` ${each[language]}`).join('');
  return mistake(
    'DISK_FULL',
    { ...place, file: path },
    {
      cause: words(
        `The disk mounted at ${mountPoint} has ${free} MiB free and ${needed} MiB are needed.${listed('en')}`,
        `${mountPoint}에 마운트된 디스크에 ${free}MiB가 남았고 ${needed}MiB가 필요합니다.${listed('ko')}`,
      ),
      next: words(
        `make room on that disk (df -h ${mountPoint}); a running region then goes on by itself`,
        `그 디스크의 공간을 비우세요(df -h ${mountPoint}). 실행 중인 로컬 리전은 공간이 생기면 스스로 계속합니다`,
      ),
    },
  );
}

function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function mountPointOf(path: string): string {
  const points = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((point) =>
      point.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((point) => point !== '' && (path === point || path.startsWith(point === '/' ? '/' : `${point}/`)));
  return points.sort((one, other) => other.length - one.length)[0] ?? '/';
}
