import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from './refusal.ts';
import { type Answer, send } from './request.ts';

const flags: Readonly<Record<string, string>> = {
  s: 'silent',
  S: 'show-error',
  f: 'fail',
  L: 'location',
  i: 'include',
  I: 'head',
  O: 'remote-name',
  k: 'insecure',
  v: 'verbose',
  g: 'globoff',
};
const known = new Set([
  ...Object.values(flags),
  'retry-connrefused',
  'retry-all-errors',
  'create-dirs',
  'compressed',
  'fail-with-body',
  'no-progress-meter',
  'http1.1',
  'ipv4',
]);
const valued: Readonly<Record<string, string>> = {
  H: 'header',
  X: 'request',
  o: 'output',
  d: 'data',
  A: 'user-agent',
  m: 'max-time',
  w: 'write-out',
  T: 'upload-file',
};
const knownValued = new Set([
  ...Object.values(valued),
  'data-binary',
  'retry',
  'retry-delay',
  'retry-max-time',
  'connect-timeout',
]);

interface Line {
  readonly urls: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** `curl` for what boot scripts and health checks ask of it. Exit codes are curl's own: 2 for what it does not know, 7 refused, 22 an error status, 28 late. */
export async function curl(words: readonly string[]): Promise<number> {
  const line = parse(words);
  const attempts = Number(line.values.get('retry')?.at(-1) ?? 0) + 1;
  const delay = Number(line.values.get('retry-delay')?.at(-1) ?? 1) * 1000;
  for (const url of line.urls) {
    let code = 0;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      code = await fetchOnce(url, line, attempt === attempts);
      if (code === 0 || !(await worthAnother(code, line.flags))) break;
      if (attempt < attempts) await new Promise((resolve) => setTimeout(resolve, delay));
    }
    if (code !== 0) return code;
  }
  return 0;
}

async function worthAnother(code: number, given: ReadonlySet<string>): Promise<boolean> {
  return code === 28 || code === 22 || (code === 7 && given.has('retry-connrefused')) || given.has('retry-all-errors');
}

function parse(words: readonly string[]): Line {
  const urls: string[] = [];
  const given = new Set<string>();
  const values = new Map<string, string[]>();
  const keep = (name: string, value: string | undefined) => {
    if (value === undefined) throw new Refusal(`option --${name} needs a value`, 2);
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word.startsWith('--')) {
      const name = word.slice(2);
      if (known.has(name)) given.add(name);
      else if (knownValued.has(name)) keep(name, words[++at]);
      else throw new Refusal(`option ${word} is not carried out in a rehearsal`, 2);
    } else if (word.startsWith('-') && word !== '-') {
      for (let letter = 1; letter < word.length; letter += 1) {
        const name = word[letter]!;
        if (flags[name] !== undefined) given.add(flags[name]);
        else if (valued[name] !== undefined) {
          const rest = word.slice(letter + 1);
          keep(valued[name], rest === '' ? words[++at] : rest);
          break;
        } else throw new Refusal(`option -${name} is not carried out in a rehearsal`, 2);
      }
    } else urls.push(/^[a-z]+:\/\//.test(word) ? word : `http://${word}`);
  }
  if (given.has('insecure')) throw new Refusal('option -k is not carried out in a rehearsal', 2);
  if (urls.length === 0) throw new Refusal('no URL', 2);
  return { urls, flags: given, values };
}

async function fetchOnce(address: string, line: Line, last: boolean): Promise<number> {
  const complain = (code: number, text: string) => {
    if (last && (!line.flags.has('silent') || line.flags.has('show-error')))
      process.stderr.write(`curl: (${code}) ${text}\n`);
    return code;
  };
  let answer: Answer;
  let url = new URL(address);
  try {
    for (let hop = 0; ; hop += 1) {
      answer = await call(url, line);
      const location = answer.headers.location;
      if (!line.flags.has('location') || answer.status < 300 || answer.status > 399 || typeof location !== 'string')
        break;
      if (hop === 50) return complain(47, 'Maximum (50) redirects followed');
      url = new URL(location, url);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const exit =
      {
        ECONNREFUSED: 7,
        EHOSTUNREACH: 7,
        ENETUNREACH: 7,
        ENOTFOUND: 6,
        EAI_AGAIN: 6,
        ETIMEDOUT: 28,
        ECONNRESET: 56,
        EPIPE: 55,
      }[code ?? ''] ?? (/certificate|self-signed/.test(message) ? 60 : 56);
    return complain(exit, message);
  }
  if (answer.status >= 400 && line.flags.has('fail'))
    return complain(22, `The requested URL returned error: ${answer.status}`);
  await deliver(answer, url, line);
  return answer.status >= 400 && line.flags.has('fail-with-body') ? 22 : 0;
}

async function call(url: URL, { flags: given, values }: Line): Promise<Answer> {
  const headers: Record<string, string> = {
    'user-agent': values.get('user-agent')?.at(-1) ?? 'curl/8 (Terrace)',
    accept: '*/*',
  };
  for (const header of values.get('header') ?? []) {
    const [name = '', value = ''] = header.split(/:\s*(.*)/s);
    headers[name.toLowerCase()] = value;
  }
  const pieces = await Promise.all(
    [...(values.get('data') ?? []), ...(values.get('data-binary') ?? [])].map((text) =>
      text.startsWith('@') ? readFile(text.slice(1)) : Buffer.from(text),
    ),
  );
  const upload = values.get('upload-file')?.at(-1);
  const body =
    upload === undefined
      ? pieces.length > 0
        ? Buffer.from(pieces.map(String).join('&'))
        : undefined
      : await readFile(upload);
  if (pieces.length > 0) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  if (body) headers['content-length'] = String(body.length);
  const method =
    values.get('request')?.at(-1) ??
    (given.has('head') ? 'HEAD' : upload !== undefined ? 'PUT' : body ? 'POST' : 'GET');
  const seconds = Number(values.get('max-time')?.at(-1) ?? values.get('connect-timeout')?.at(-1) ?? 300);
  return send({ url, method, headers, body, patience: seconds * 1000 });
}

async function deliver(answer: Answer, url: URL, { flags: given, values }: Line): Promise<void> {
  const head = `HTTP/1.1 ${answer.status} ${answer.statusText}\r\n${Object.entries(answer.headers)
    .map(([name, value]) => `${name}: ${[value].flat().join(', ')}\r\n`)
    .join('')}\r\n`;
  const shown =
    given.has('include') || given.has('head') ? Buffer.concat([Buffer.from(head), answer.body]) : answer.body;
  const file = given.has('remote-name') ? basename(url.pathname) : values.get('output')?.at(-1);
  if (file === undefined || file === '-') process.stdout.write(shown);
  else await writeFile(file, shown);
  const format = values.get('write-out')?.at(-1);
  if (format !== undefined)
    process.stdout.write(
      format
        .replace(/%\{(http_code|response_code)\}/g, String(answer.status).padStart(3, '0'))
        .replace(/%\{size_download\}/g, String(answer.body.length))
        .replace(/\\n/g, '\n'),
    );
}
