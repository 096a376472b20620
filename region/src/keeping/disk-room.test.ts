import { writeFileSync } from 'node:fs';
import { words } from '@terrace/cloud/words';
import { describe, expect, test } from 'vitest';
import { diskFull, isOutOfRoom, roomFor } from './disk-room.ts';

describe('a disk’s room', () => {
  test('is that of the nearest folder which is there, by where it is mounted', () => {
    expect(roomFor('/dev/shm/none/there')).toMatchObject({ path: '/dev/shm/none/there', mountPoint: '/dev/shm' });
    expect(roomFor('/').mountPoint).toBe('/');
  });

  test('is told with what was not done, in both languages', () => {
    const room = { path: '/home/kim/.terrace', mountPoint: '/home', free: 3 };
    expect(diskFull(room, [words('No backup was taken.', '백업하지 못했습니다.')])).toEqual({
      code: 'DISK_FULL',
      place: { file: '/home/kim/.terrace' },
      cause: {
        en: 'The disk mounted at /home has 3 MiB free and 16 MiB are needed. No backup was taken.',
        ko: '/home에 마운트된 디스크에 3MiB가 남았고 16MiB가 필요합니다. 백업하지 못했습니다.',
      },
      next: {
        en: 'make room on that disk (df -h /home); a running region then goes on by itself',
        ko: '그 디스크의 공간을 비우세요(df -h /home). 실행 중인 로컬 리전은 공간이 생기면 스스로 계속합니다',
      },
    });
  });

  test.each([
    ['the system', () => writeFileSync('/dev/full', 'text'), true],
    ['a program', () => fail('cp: error writing b: No space left on device'), true],
    ['another error', () => fail('cp: cannot stat a: No such file or directory'), false],
  ])('is known to be what %s lacked', (_who, write, expected) => {
    const error = caught(write);
    expect(error).toBeDefined();
    expect(isOutOfRoom(error)).toBe(expected);
  });
});

function caught(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function fail(said: string): never {
  throw new Error(said);
}
