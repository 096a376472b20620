import { readFile } from 'node:fs/promises';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';

/** A file of the region's state that cannot be read as what it was written as. Thrown, since nothing can go on that needs it; what is thrown names it. */
export class DamagedState extends Error {
  readonly mistake: Mistake;

  /**
   * @param found what is wrong with the file
   * @param next what can be done, and what that costs
   */
  constructor(file: string, found: Words, next: Words) {
    super(`${file} is damaged: ${found.en}`);
    this.mistake = mistake('STATE_DAMAGED', { file }, { cause: found, next });
  }
}

/** The text of a file of state; `undefined` where there is none. */
export async function readKept(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * A JSON document of state; `undefined` where there is no file.
 *
 * @param is whether the value is what was written
 * @param cost what is lost when the file is removed
 * @throws DamagedState
 */
export async function readKeptJson<T>(file: string, is: (value: T) => boolean, cost: Words): Promise<T | undefined> {
  const text = await readKept(file);
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && is(value as T)) return value as T;
  const found =
    value === undefined
      ? words(
          `This file of the region's state is damaged: its ${text.length} characters are not a whole JSON document.`,
          `로컬 리전의 상태 파일이 손상되었습니다. ${text.length}자인 내용이 온전한 JSON이 아닙니다.`,
        )
      : words(
          "This file of the region's state is damaged: fields that it must have are missing.",
          '로컬 리전의 상태 파일이 손상되었습니다. 있어야 할 필드가 없습니다.',
        );
  throw new DamagedState(file, found, removeIt(file, cost));
}

export function removeIt(file: string, cost: Words): Words {
  return words(
    `put back a copy of it, or remove it (rm ${file}) and run terrace up: ${cost.en}`,
    `백업한 파일로 되돌리거나, 지우고(rm ${file}) terrace up을 실행하세요. ${cost.ko}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
