import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { nearest } from '@terrace/cloud/nearest';
import { readJson } from '@terrace/cloud/template/read-json';
import { type Words, words } from '@terrace/cloud/words';
import { usualPatience } from '@terrace/region/database/configuration';

/** What the files of a project's folder say of it. */
export interface Settings {
  readonly app?: string;
  /** What `cdk.json` runs before its app. */
  readonly build?: string;
  /** 12 digits, for what takes its account from the environment. */
  readonly account?: string;
  readonly templates: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly context: JsonObject;
  /** Seconds without an answer after which a database server hangs, and its standby. */
  readonly patience: { readonly server: number; readonly standby: number };
  /** vCPUs of On-Demand Standard instances that the account may run; `null` for no limit. */
  readonly vcpuQuota: number | null;
}

/**
 * `terrace.json` first, then `cdk.json`, then the user's `~/.cdk.json`; context values of `cdk.context.json` as well, in CDK's order. Mistakes:
 * `JSON_SYNTAX`, `UNKNOWN_SETTING`, `WRONG_SETTING`.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/cli.html#cli-config
 */
export async function readSettings(directory: string, mistakes: Mistake[]): Promise<Settings> {
  const read = async (name: string): Promise<JsonObject> => {
    const text = await readIfThere(path.resolve(directory, name));
    const value = text === undefined ? {} : readJson({ file: name, text }, mistakes);
    if (value !== undefined && !isObject(value)) mistakes.push(wrongSetting(name, null, words('an object', '객체')));
    return isObject(value) ? value : {};
  };
  const [terrace = {}, cdk = {}, remembered = {}, user = {}] = await Promise.all(
    ['terrace.json', 'cdk.json', 'cdk.context.json', path.join(process.env.HOME || homedir(), '.cdk.json')].map(read),
  );
  for (const [name, value] of Object.entries(terrace)) {
    const kind = kinds[name];
    if (!kind) mistakes.push(unknownSetting(name));
    else if (!kind.is(value)) mistakes.push(wrongSetting('terrace.json', name, kind.said));
  }
  const ofCdk = terrace.template === undefined ? commandOf(cdk.app ?? user.app) : undefined;
  const app = typeof terrace.app === 'string' ? terrace.app : ofCdk;
  const isBuilt = terrace.app === undefined && typeof cdk.build === 'string';
  return {
    ...(app === undefined ? {} : { app }),
    ...(isBuilt ? { build: String(cdk.build) } : {}),
    ...(terrace.account === undefined ? {} : { account: String(terrace.account) }),
    templates: [terrace.template ?? []].flat().map(String),
    parameters: Object.fromEntries(
      Object.entries(objectOf(terrace.parameters)).map(([name, value]) => [name, String(value)]),
    ),
    context: {
      ...(cdk.staging === false ? { 'aws:cdk:disable-asset-staging': true } : {}),
      ...objectOf(user.context),
      ...objectOf(remembered),
      ...objectOf(cdk.context),
      ...objectOf(terrace.context),
    },
    patience: {
      server: Number(terrace.databaseHangSeconds ?? usualPatience.server),
      standby: Number(terrace.standbyHangSeconds ?? usualPatience.standby),
    },
    vcpuQuota: typeof terrace.vcpuQuota === 'number' ? terrace.vcpuQuota : null,
  };
}

/** CDK takes a command as text, or as a list of words. */
function commandOf(app: Json | undefined): string | undefined {
  if (typeof app === 'string') return app;
  return Array.isArray(app) ? app.map((word) => `'${String(word).replaceAll("'", "'\\''")}'`).join(' ') : undefined;
}

/** A file's text; `undefined` where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // Of a folder, Node says nothing of its name.
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

const seconds = {
  is: (value: Json) => typeof value === 'number' && value >= 2 && value <= 3600,
  said: words('a number of seconds from 2 to 3600', '2에서 3600까지의 초'),
};
const isText = (value: Json) => typeof value === 'string' && value !== '';
const kinds: Readonly<Record<string, { readonly is: (value: Json) => boolean; readonly said: Words }>> = {
  app: { is: isText, said: words('a command or a folder, as text', '명령이나 폴더를 적은 문자열') },
  template: {
    is: (value) => [value].flat().every((each) => isText(each as Json)),
    said: words('a file, as text, or a list of files', '파일을 적은 문자열이나 파일 목록'),
  },
  account: {
    is: (value) => typeof value === 'string' && /^\d{12}$/.test(value),
    said: words('12 digits, as text', '12자리 숫자를 적은 문자열'),
  },
  parameters: {
    is: (value) => isObject(value) && Object.values(value).every((each) => typeof each !== 'object'),
    said: words('an object with a value for each name', '이름마다 값이 있는 객체'),
  },
  context: {
    is: (value) => isObject(value),
    said: words('an object with a value for each key', '키마다 값이 있는 객체'),
  },
  databaseHangSeconds: seconds,
  standbyHangSeconds: seconds,
  vcpuQuota: {
    is: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
    said: words('a whole number of vCPUs, 0 or more', '0 이상의 vCPU 수(정수)'),
  },
};
const settingNames = Object.keys(kinds);

function unknownSetting(key: string): Mistake {
  const meant = nearest(key, settingNames);
  const all = settingNames.join(', ');
  return mistake(
    'UNKNOWN_SETTING',
    { file: 'terrace.json' },
    {
      cause: words(`There is no setting "${key}".`, `"${key}"라는 설정은 없습니다.`),
      next:
        meant === undefined
          ? words(`It may have: ${all}.`, `쓸 수 있는 설정: ${all}.`)
          : words(`Did you mean ${meant}? It may have: ${all}.`, `혹시 ${meant}인가요? 쓸 수 있는 설정: ${all}.`),
    },
  );
}

/** @param name `null` for the whole file */
function wrongSetting(file: string, name: string | null, wanted: Words): Mistake {
  return mistake(
    'WRONG_SETTING',
    { file, ...(name === null ? {} : { path: name }) },
    {
      cause: words(`${name ?? file} is something else than it can be.`, `${name ?? file}에 쓸 수 없는 값입니다.`),
      next: words(`It has to be ${wanted.en}.`, `${wanted.ko}{이어야/여야} 합니다.`),
    },
  );
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
