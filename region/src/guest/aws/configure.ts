import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { misuse } from './options.ts';

const config = () => process.env.AWS_CONFIG_FILE ?? join(homedir(), '.aws/config');
const credentials = () => process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws/credentials');
const secretNames = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

/** `aws configure set` and `get`. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
export async function configure(given: readonly string[]): Promise<number> {
  const words = [...given];
  const at = words.indexOf('--profile');
  const profile = at < 0 ? (process.env.AWS_PROFILE ?? 'default') : (words.splice(at, 2)[1] ?? '');
  const [verb, named = '', value] = words;
  const [section, name] = /^(\w+)\.(\w+)$/.exec(named)?.slice(1) ?? [profile, named];
  if (verb === 'set' && name && value !== undefined && words.length === 3) {
    await write(secretNames.includes(name) ? credentials() : config(), section!, name, value);
    return 0;
  }
  if (verb === 'get' && name && words.length === 2) {
    const found = (await read(config(), section!)).get(name) ?? (await read(credentials(), section!)).get(name);
    if (found === undefined) return 1;
    process.stdout.write(`${found}\n`);
    return 0;
  }
  throw new Refusal(
    `'configure ${given.join(' ')}' is not carried out in a rehearsal: configure set NAME VALUE and configure get NAME are`,
    misuse,
  );
}

/** What the profile says of region, output and credentials, behind options and environment. */
export async function applyProfile(
  values: ReadonlyMap<string, string>,
): Promise<{ readonly region: string | undefined; readonly values: ReadonlyMap<string, string> }> {
  const profile = values.get('--profile') ?? process.env.AWS_PROFILE ?? 'default';
  const [settings, secrets] = [await read(config(), profile), await read(credentials(), profile)];
  if (profile !== 'default' && settings.size === 0 && secrets.size === 0)
    throw new Refusal(`The config profile (${profile}) could not be found`, 255);
  const [id, secret] = [secrets.get('aws_access_key_id'), secrets.get('aws_secret_access_key')];
  if (id !== undefined && secret !== undefined && process.env.AWS_ACCESS_KEY_ID === undefined) {
    process.env.AWS_ACCESS_KEY_ID = id;
    process.env.AWS_SECRET_ACCESS_KEY = secret;
    const token = secrets.get('aws_session_token');
    if (token !== undefined) process.env.AWS_SESSION_TOKEN = token;
  }
  const region = values.get('--region') ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const output = values.get('--output') ?? process.env.AWS_DEFAULT_OUTPUT ?? settings.get('output');
  return {
    region: region ?? settings.get('region'),
    values: new Map([...values, ...(output === undefined ? [] : ([['--output', output]] as const))]),
  };
}

async function read(file: string, section: string): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const found = new Map<string, string>();
  let here = false;
  for (const line of lines) {
    const head = /^\[\s*(?:profile\s+)?([^\]]+?)\s*\]\s*$/.exec(line)?.[1];
    if (head !== undefined) here = head === section;
    else if (here) {
      const [, name, value] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (name !== undefined) found.set(name, value ?? '');
    }
  }
  return found;
}

async function write(file: string, section: string, name: string, value: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const head = section === 'default' || file === credentials() ? `[${section}]` : `[profile ${section}]`;
  const lines = text.split('\n').filter((line, index, all) => index < all.length - 1 || line !== '');
  const at = lines.findIndex((line) => line.trim() === head);
  if (at < 0) lines.push(head, `${name} = ${value}`);
  else {
    const next = lines.findIndex((line, index) => index > at && line.startsWith('['));
    const end = next < 0 ? lines.length : next;
    const same = lines.findIndex(
      (line, index) => index > at && index < end && new RegExp(`^\\s*${name}\\s*=`).test(line),
    );
    if (same < 0) lines.splice(end, 0, `${name} = ${value}`);
    else lines[same] = `${name} = ${value}`;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${lines.join('\n')}\n`);
  await chmod(file, 0o600);
}
