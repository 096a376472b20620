import { rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { shown, shownJson } from '../terminal/discretion.ts';

/**
 * What keeps files from being written where the options of a command say, found out before it begins: no command makes a folder, for a
 * misspelt one would be made as well. Mistakes: `NO_SUCH_FOLDER`, `OUTPUT_IS_FOLDER`.
 *
 * @param files the values of the options; those that were not given are passed over
 */
export async function outputMistakes(...files: readonly unknown[]): Promise<Mistake[]> {
  const given = files.filter((each) => typeof each === 'string');
  return (await Promise.all(given.map(mistakeOf))).flatMap((each) => each ?? []);
}

/** Writes a picture or a report for people, as a terminal would show it: secrets masked, control characters in a visible form. */
export async function writeOutput(file: string, text: string): Promise<void> {
  await writeFile(file, shown(text));
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${shownJson(value)}\n`);
}

/** Writes a file for its user alone, whole or not at all. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const next = `${file}.${process.pid}`;
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, file);
}

async function mistakeOf(file: string): Promise<Mistake | undefined> {
  const folder = path.dirname(path.resolve(file));
  if (!(await isFolder(folder))) return noFolder(file, path.dirname(file));
  return (await isFolder(file)) ? isAFolder(file) : undefined;
}

async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function noFolder(file: string, folder: string): Mistake {
  return mistake(
    'NO_SUCH_FOLDER',
    { file },
    {
      cause: words(`There is no folder ${folder} to write it into.`, `저장할 폴더 ${folder}{이/가} 없습니다.`),
      next: words(`make it first: mkdir -p ${folder}`, `먼저 폴더를 만드세요: mkdir -p ${folder}`),
    },
  );
}

function isAFolder(file: string): Mistake {
  return mistake(
    'OUTPUT_IS_FOLDER',
    { file },
    {
      cause: words('This is a folder, and a file is to be written.', '폴더입니다. 저장할 파일을 지정해야 합니다.'),
      next: words('name a file in it', '폴더 안의 파일 이름을 쓰세요'),
    },
  );
}
