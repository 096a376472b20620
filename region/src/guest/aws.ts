import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { callJson, callQuery, callService, element } from './service-call.ts';
import { encodeStrictly } from './signature.ts';

const misuse = 252;
const everywhere = ['--region', '--output', '--query', '--profile', '--cli-connect-timeout', '--cli-read-timeout'];
const quiet = ['--no-cli-pager', '--no-progress', '--quiet', '--only-show-errors'];

/**
 * The calls of the AWS CLI that boot scripts make. Exit codes are the CLI's own: 252 for a wrong command line, 253 for
 * credentials or region, 254 for a service's error, 255 for the rest.
 *
 * https://docs.aws.amazon.com/cli/latest/topic/return-codes.html
 */
export async function aws(words: readonly string[]): Promise<number> {
  if (words.includes('--version')) {
    process.stdout.write('aws-cli/2 (Terrace)\n');
    return 0;
  }
  const command = [...commandsIn(words)][0];
  if (command === undefined)
    throw new Refusal(
      `'${words.join(' ')}' is not carried out in a rehearsal; known: ${Object.keys(commands).join(', ')}`,
      misuse,
    );
  const [name, rest] = command;
  return commands[name]!(rest);
}

/** The command's two words, wherever global options stand, and the words besides them. */
function* commandsIn(words: readonly string[]): Generator<readonly [string, readonly string[]]> {
  for (let index = 0; index + 1 < words.length; index += 1) {
    const name = `${words[index]} ${words[index + 1]}`;
    if (name in commands) yield [name, [...words.slice(0, index), ...words.slice(index + 2)]];
  }
}

const commands: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  's3 cp': copy,
  'secretsmanager get-secret-value': getSecretValue,
  'ssm get-parameter': getParameter,
  'sts get-caller-identity': getCallerIdentity,
};

async function copy(words: readonly string[]): Promise<number> {
  const { plain, values, flags } = parseOptions(words, {
    valued: [...everywhere, '--content-type', '--acl'],
    flags: quiet,
    exitCode: misuse,
  });
  const [from = '', to = '', more] = plain;
  if (to === '' || more !== undefined) throw new Refusal('s3 cp takes a source and a destination', misuse);
  const region = values.get('--region');
  if (from.startsWith('s3://') === to.startsWith('s3://'))
    throw new Refusal('one of source and destination is s3://bucket/key in a rehearsal', misuse);
  const silent = flags.has('--quiet') || flags.has('--only-show-errors') || from === '-' || to === '-';
  if (from.startsWith('s3://')) {
    const body = await object(region, 'GET', from, Buffer.alloc(0), {});
    if (to === '-') process.stdout.write(body);
    else {
      const path = to.endsWith('/') || to === '.' ? `${to}${to.endsWith('/') ? '' : '/'}${basename(from)}` : to;
      await writeFile(path, body);
      if (!silent) process.stdout.write(`download: ${from} to ${path}\n`);
    }
    return 0;
  }
  const target = to.endsWith('/') ? `${to}${basename(from)}` : to;
  const type = values.get('--content-type');
  await object(
    region,
    'PUT',
    target,
    from === '-' ? await standardInput() : await readFile(from),
    type === undefined ? {} : { 'content-type': type },
  );
  if (!silent) process.stdout.write(`upload: ${from} to ${target}\n`);
  return 0;
}

async function object(
  region: string | undefined,
  method: 'GET' | 'PUT',
  address: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (key === '') throw new Refusal(`${address} names no object`, misuse);
  const path = `/${key.split('/').map(encodeStrictly).join('/')}`;
  const answer = await callService('s3', region, {
    // A name with a dot would not match the endpoint's certificate.
    ...(bucket.includes('.')
      ? { path: `/${bucket}${path}` }
      : { path, host: (where) => `${bucket}.s3.${where}.amazonaws.com` }),
    method,
    headers,
    body,
  });
  if (answer.status === 200) return answer.body;
  const text = String(answer.body);
  const operation = method === 'GET' ? 'GetObject' : 'PutObject';
  throw new Refusal(
    `fatal error: An error occurred (${element(text, 'Code') ?? answer.status}) when calling the ${operation} operation: ${element(text, 'Message') ?? answer.statusText}`,
    1,
  );
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function getSecretValue(words: readonly string[]): Promise<number> {
  const { values } = parseOptions(words, {
    valued: [...everywhere, '--secret-id', '--version-id', '--version-stage'],
    flags: quiet,
    exitCode: misuse,
  });
  const input = {
    SecretId: required(values, '--secret-id'),
    VersionId: values.get('--version-id'),
    VersionStage: values.get('--version-stage'),
  };
  return show(await callJson('secretsmanager', values.get('--region'), 'secretsmanager.GetSecretValue', input), values);
}

async function getParameter(words: readonly string[]): Promise<number> {
  const { values, flags } = parseOptions(words, {
    valued: [...everywhere, '--name'],
    flags: [...quiet, '--with-decryption', '--no-with-decryption'],
    exitCode: misuse,
  });
  const input = { Name: required(values, '--name'), WithDecryption: flags.has('--with-decryption') };
  return show(await callJson('ssm', values.get('--region'), 'AmazonSSM.GetParameter', input), values);
}

async function getCallerIdentity(words: readonly string[]): Promise<number> {
  const { values } = parseOptions(words, { valued: everywhere, flags: quiet, exitCode: misuse });
  const xml = await callQuery('sts', values.get('--region'), '2011-06-15', 'GetCallerIdentity', {});
  return show({ UserId: element(xml, 'UserId'), Account: element(xml, 'Account'), Arn: element(xml, 'Arn') }, values);
}

function required(values: ReadonlyMap<string, string>, name: string): string {
  const value = values.get(name);
  if (value === undefined) throw new Refusal(`the following arguments are required: ${name}`, misuse);
  return value;
}

/** `--query` with a path of names and indexes, and `--output json` or `text`; anything more ends the program. */
function show(output: unknown, values: ReadonlyMap<string, string>): number {
  const query = values.get('--query');
  let value = output;
  if (query !== undefined) {
    if (!/^[A-Za-z_]\w*(\[\d+\]|\.[A-Za-z_]\w*)*$/.test(query))
      throw new Refusal(`--query ${query} is not carried out in a rehearsal: only names and indexes are`, misuse);
    for (const step of query.match(/[A-Za-z_]\w*|\d+/g) ?? [])
      value = (value as Record<string, unknown> | null | undefined)?.[step];
  }
  const format = values.get('--output') ?? 'json';
  if (format === 'json') process.stdout.write(`${JSON.stringify(value ?? null, null, 4)}\n`);
  else if (format === 'text') process.stdout.write(`${text(value)}\n`);
  else throw new Refusal(`--output ${format} is not carried out in a rehearsal: json and text are`, misuse);
  return 0;
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return value.map(text).join('\t');
  if (typeof value === 'object') {
    const names = Object.keys(value).sort();
    return names.map((name) => text((value as Record<string, unknown>)[name])).join('\t');
  }
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
