import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import Mustache from 'mustache';
import { accountNumber } from './accounts.ts';
import type { Authentication } from './authentication.ts';
import { BuildError } from './build-error.ts';
import { download } from './download.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';

/**
 * Writes files and links; returns those that changed. What stood there before is kept beside it as `NAME.bak`, as by the real one.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-files
 */
export async function writeFiles(
  given: Section,
  authentication: Authentication,
  log: BuildLog,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const path of Object.keys(given).sort())
    if (await writeOne(path, (given[path] ?? {}) as Section, authentication, log)) changed.push(path);
  return changed;
}

const linkKind = 0o120000;
const kindBits = 0o170000;

async function writeOne(path: string, file: Section, authentication: Authentication, log: BuildLog): Promise<boolean> {
  if (!isAbsolute(path)) throw new BuildError(`File specified with non-absolute path: ${path}`);
  const mode = modeOf(path, file.mode);
  const isLink = mode !== undefined && (mode & kindBits) === linkKind;
  if (isLink && file.content === undefined) throw new BuildError('Symbolic link specified without a destination');
  if (isLink && leadsTo(path, String(file.content))) {
    log.info(`Symbolic link ${path} already exists`);
    return false;
  }
  const body = isLink ? null : await bodyOf(file, authentication);
  const owner = numberOf('/etc/passwd', file.owner, 'user');
  const group = numberOf('/etc/group', file.group, 'group');
  const parent = dirname(path);
  if (existsSync(parent) && !statSync(parent).isDirectory())
    throw new BuildError(`Parent directory ${parent} exists and is a file`);
  mkdirSync(parent, { recursive: true });
  const before = setAside(path);
  if (body === null) symlinkSync(String(file.content), path);
  else {
    writeFileSync(path, body);
    if (mode !== undefined) chmodSync(path, mode & 0o7777);
  }
  lchownSync(path, owner, group);
  if (before === null) return true;
  const isSame = body !== null && lstatSync(before).isFile() && readFileSync(before).equals(body);
  return !isSame;
}

/** Six octal digits, of which the first three say the kind of file. */
function modeOf(path: string, given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const text = String(given);
  if (!/^(0o)?[0-7]{1,7}$/.test(text)) throw new BuildError(`the mode ${text} of ${path} is no octal number`);
  return Number.parseInt(text.replace('0o', ''), 8);
}

function leadsTo(path: string, target: string): boolean {
  try {
    return existsSync(path) && (realpathSync(path) === target || readlinkSync(path) === target);
  } catch {
    return false;
  }
}

async function bodyOf(file: Section, authentication: Authentication): Promise<Buffer> {
  const { content, source, encoding, context } = file;
  if (content !== undefined && content !== '') {
    if (typeof content !== 'string') return Buffer.from(JSON.stringify(content));
    if (encoding === 'base64') return fromBase64(content);
    return Buffer.from(rendered(content, context));
  }
  // An empty content counts as none, as for the real one.
  if (source === undefined || source === '') throw new BuildError('File specified without source or content');
  const named = file.authentication === undefined ? undefined : String(file.authentication);
  const body = await download(String(source), authentication, named);
  return context === undefined ? body : Buffer.from(rendered(String(body), context));
}

function fromBase64(content: string): Buffer {
  const text = content.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
    throw new BuildError(`Malformed base64: ${content.slice(0, 80)}`);
  return Buffer.from(text, 'base64');
}

/** A Mustache template. https://mustache.github.io/mustache.5.html */
function rendered(content: string, context: unknown): string {
  if (context === undefined) return content;
  try {
    return Mustache.render(content, context);
  } catch (error) {
    throw new BuildError(`Failed to render content as a Mustache template: ${(error as Error).message}`);
  }
}

/** -1 leaves it as it is: the user who runs `cfn-init`. */
function numberOf(table: '/etc/passwd' | '/etc/group', given: unknown, kind: string): number {
  if (given === undefined || given === '') return -1;
  const name = String(given);
  const number = accountNumber(table, name);
  if (number === undefined) throw new BuildError(`${name} is not a valid ${kind} name`);
  return number;
}

/** Where something stands at a path already, it becomes `NAME.bak`; `null` where nothing does. */
function setAside(path: string): string | null {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return null;
  const aside = `${path}.bak`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(path, aside);
  return aside;
}
