import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

/** A file or folder that the system refuses, where that is what an error says; `undefined` for any other error. */
export function fileMistake(error: unknown): Mistake | undefined {
  const { code = '', path, syscall = '' } = error as NodeJS.ErrnoException;
  if (syscall === 'uv_cwd') return noWorkingFolder();
  if (code === 'ENOSPC' && path === undefined) return diskIsFull();
  const reason = reasons[code];
  if (!reason || path === undefined || !syscalls.test(syscall)) return undefined;
  return mistake(
    'FILE_REFUSED',
    { file: path },
    {
      cause: words(`${reason.en} (${code}).`, `${reason.ko} (${code}).`),
      next: reason.next,
    },
  );
}

/** A write says nothing of its file. */
function diskIsFull(): Mistake {
  return mistake(
    'DISK_FULL',
    {},
    {
      cause: words(
        'A disk that this command writes to is full (ENOSPC).',
        '이 명령이 쓰는 디스크가 가득 찼습니다 (ENOSPC).',
      ),
      next: words(
        'df -h . /tmp ~ says which; make room there, then run it again',
        'df -h . /tmp ~ 로 어느 디스크인지 확인해 공간을 비운 다음 다시 실행하세요',
      ),
    },
  );
}

function noWorkingFolder(): Mistake {
  return mistake(
    'NO_WORKING_FOLDER',
    {},
    {
      cause: words('The folder that this is run in has been removed.', '지금 있는 폴더가 지워졌습니다.'),
      next: words(
        'go to another folder, and back if it was made anew',
        '다른 폴더로 이동하세요. 새로 만든 폴더라면 다시 들어가세요',
      ),
    },
  );
}

const syscalls = /^(open|read|mkdir|write|rename|copyfile|rm|unlink|scandir|chmod)$/;
const elsewhere = words(
  'choose another place, or change who may write there',
  '다른 위치를 고르거나 쓰기 권한을 바꾸세요',
);
const reasons: Readonly<Record<string, { en: string; ko: string; next: typeof elsewhere }>> = {
  EACCES: { en: 'You may not read or write here', ko: '이곳을 읽거나 쓸 권한이 없습니다', next: elsewhere },
  EPERM: { en: 'You may not read or write here', ko: '이곳을 읽거나 쓸 권한이 없습니다', next: elsewhere },
  EROFS: { en: 'This is read-only', ko: '읽기 전용입니다', next: elsewhere },
  ENOENT: { en: 'Nothing can be written or found here', ko: '이곳에 쓸 수 없거나 파일이 없습니다', next: elsewhere },
  ENOTDIR: { en: 'A part of the path is a file', ko: '경로의 일부가 폴더가 아닌 파일입니다', next: elsewhere },
  EISDIR: {
    en: 'This is a folder',
    ko: '폴더입니다',
    next: words('name a file in it', '폴더 안의 파일 이름을 쓰세요'),
  },
  ENOSPC: {
    en: 'The disk is full',
    ko: '디스크가 가득 찼습니다',
    next: words('make room, then run it again', '공간을 비운 다음 다시 실행하세요'),
  },
  ENAMETOOLONG: {
    en: 'The name is too long',
    ko: '이름이 너무 깁니다',
    next: words('choose a shorter one', '더 짧은 이름을 쓰세요'),
  },
};
