import { Refusal } from '../../refusal.ts';
import { applyProfile } from '../configure.ts';
import { everywhere, misuse } from '../options.ts';
import type { Filters } from './filters.ts';
import { Objects, placeOf } from './objects.ts';
import { copyOne, type End, endOf, type Item, itemsBelow, removeOne, shown, singleItem, targetOf } from './transfer.ts';

/** By its second word. Anything else of `aws s3` is refused by its name. */
export const s3Commands: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  cp: (words) => transfer('cp', words),
  mv: (words) => transfer('mv', words),
  rm: remove,
  ls,
  sync,
};

interface Asked {
  readonly plain: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly filters: Filters;
  readonly headers: Readonly<Record<string, string>>;
  readonly objects: Objects;
  /** Prints a line of progress, unless nobody wants it. */
  say(line: string): void;
}

const headerOf: Readonly<Record<string, string>> = { '--content-type': 'content-type' };

/** Options that change nothing here: permissions and storage are not an object's, and there is one region. */
const ignored = ['--acl', '--storage-class', '--sse', '--source-region', '--expected-size', '--page-size'];

async function read(words: readonly string[], flagNames: readonly string[], command: string): Promise<Asked> {
  const plain: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const filters: { kind: 'exclude' | 'include'; pattern: string }[] = [];
  const headers: Record<string, string> = {};
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift()!;
    const [option = word, attached] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    const take = () => {
      const value = attached ?? rest.shift();
      if (value === undefined) throw new Refusal(`argument ${option}: expected one argument`, misuse);
      return value;
    };
    if (!word.startsWith('--')) plain.push(word);
    else if (option === '--exclude' || option === '--include')
      filters.push({ kind: option.slice(2) as 'exclude' | 'include', pattern: take() });
    else if (headerOf[option]) headers[headerOf[option]] = take();
    else if ((everywhere.valued as readonly string[]).includes(option)) values.set(option, take());
    else if (ignored.includes(option)) take();
    else if ((everywhere.flags as readonly string[]).includes(option) || flagNames.includes(option)) flags.add(option);
    else throw new Refusal(`s3 ${command}: option ${option} is not carried out in a rehearsal`, misuse);
  }
  const { region } = await applyProfile(values);
  const silent = flags.has('--quiet') || flags.has('--only-show-errors');
  const say = (line: string) => {
    if (!silent) process.stdout.write(`${flags.has('--dryrun') ? '(dryrun) ' : ''}${line}\n`);
  };
  return { plain, flags, filters, headers, objects: new Objects(region), say };
}

function twoEnds({ plain }: Asked, command: string): readonly [End, End] {
  const [from, to, more] = plain;
  if (from === undefined || to === undefined || more !== undefined)
    throw new Refusal(`s3 ${command} takes a source and a destination`, misuse);
  if (!from.startsWith('s3://') && !to.startsWith('s3://'))
    throw new Refusal(`Error: Invalid argument type: one of ${from} and ${to} has to be s3://…`, misuse);
  return [endOf(from), endOf(to)];
}

/** https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html */
async function transfer(command: 'cp' | 'mv', words: readonly string[]): Promise<number> {
  const asked = await read(words, ['--recursive', '--dryrun', '--follow-symlinks'], command);
  const { plain, flags, filters, objects } = asked;
  if (command === 'cp' && (plain[0] === '-' || plain[1] === '-')) return pipe(asked);
  const [from, to] = twoEnds(asked, command);
  const recursive = flags.has('--recursive');
  const items = recursive ? await itemsBelow(from, objects, filters) : [await singleItem(from)];
  return copyAll(items, to, recursive, command === 'mv', asked);
}

/** Standard input to an object, or an object to standard output. */
async function pipe({ plain: [from = '', to = ''], objects, headers }: Asked): Promise<number> {
  if (to === '-') process.stdout.write((await objects.get(placeOf(from))).body);
  else await objects.put(placeOf(to), await standardInput(), headers);
  return 0;
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Each by itself: one that fails does not keep the next from going, and the command ends with 1. */
async function copyAll(items: readonly Item[], to: End, below: boolean, moves: boolean, asked: Asked): Promise<number> {
  const failures: string[] = [];
  for (const item of items) {
    const target = targetOf(item, to, below);
    const [one, other] = [shown(item.at), shown(target)];
    const verb = moves
      ? 'move'
      : typeof target === 'string'
        ? 'download'
        : typeof item.at === 'string'
          ? 'upload'
          : 'copy';
    try {
      if (!asked.flags.has('--dryrun')) {
        await copyOne(item.at, target, asked.objects, asked.headers);
        if (moves) await removeOne(item.at, asked.objects);
      }
      asked.say(`${verb}: ${one} to ${other}`);
    } catch (error) {
      // A single one ends the command; of several each is told.
      const { message } = error as Error;
      if (!below) throw new Refusal(`fatal error: ${message}`, error instanceof Refusal ? error.exitCode : 1);
      failures.push(`${verb} failed: ${one} to ${other} ${message}`);
      process.stderr.write(`${failures.at(-1)}\n`);
    }
  }
  return endOfAll(failures);
}

/** https://docs.aws.amazon.com/cli/latest/reference/s3/rm.html */
async function remove(words: readonly string[]): Promise<number> {
  const asked = await read(words, ['--recursive', '--dryrun'], 'rm');
  const [address, more] = asked.plain;
  if (address === undefined || more !== undefined || !address.startsWith('s3://'))
    throw new Refusal('s3 rm takes one s3://BUCKET/KEY', misuse);
  const end = endOf(address);
  const items = asked.flags.has('--recursive')
    ? await itemsBelow(end, asked.objects, asked.filters)
    : [await singleItem(end)];
  return removeAll(items, asked);
}

async function removeAll(items: readonly Item[], asked: Asked): Promise<number> {
  const failures: string[] = [];
  for (const { at } of items) {
    try {
      if (!asked.flags.has('--dryrun')) await removeOne(at, asked.objects);
      asked.say(`delete: ${shown(at)}`);
    } catch (error) {
      failures.push(`delete failed: ${shown(at)} ${(error as Error).message}`);
      process.stderr.write(`${failures.at(-1)}\n`);
    }
  }
  return endOfAll(failures);
}

/** Each has been told already; the first one is the cause. */
function endOfAll([first]: readonly string[]): number {
  if (first !== undefined) throw new Refusal(first, 1, '');
  return 0;
}

/** https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html */
async function sync(words: readonly string[]): Promise<number> {
  const asked = await read(
    words,
    ['--delete', '--dryrun', '--size-only', '--exact-timestamps', '--follow-symlinks'],
    'sync',
  );
  const { objects, filters, flags } = asked;
  const [from, to] = twoEnds(asked, 'sync');
  const sources = await itemsBelow(from, objects, filters);
  const there = await itemsBelow(to, objects, filters).catch((error: Error) => {
    if (to.kind === 'local' && /does not exist/.test(error.message)) return [];
    throw error;
  });
  const byPath = new Map(there.map((item) => [item.path, item]));
  const changed = sources.filter((item) => differs(item, byPath.get(item.path), from, to, flags));
  const failed = await copyAll(changed, to, true, false, asked);
  if (!flags.has('--delete')) return failed;
  const kept = new Set(sources.map(({ path }) => path));
  return Math.max(
    failed,
    await removeAll(
      there.filter(({ path }) => !kept.has(path)),
      asked,
    ),
  );
}

/** A download goes where the file is newer than its object; an upload where the object is older than the file. */
function differs(item: Item, other: Item | undefined, from: End, to: End, flags: ReadonlySet<string>): boolean {
  if (!other || other.size !== item.size) return true;
  if (flags.has('--size-only')) return false;
  const seconds = (each: Item) => Math.floor(each.modified / 1000);
  const isDownload = from.kind === 's3' && to.kind === 'local';
  if (isDownload && flags.has('--exact-timestamps')) return seconds(item) !== seconds(other);
  return isDownload ? seconds(other) > seconds(item) : seconds(item) > seconds(other);
}

/** https://docs.aws.amazon.com/cli/latest/reference/s3/ls.html */
async function ls(words: readonly string[]): Promise<number> {
  const { plain, flags, objects } = await read(words, ['--recursive', '--summarize'], 'ls');
  const [address, more] = plain;
  if (more !== undefined) throw new Refusal('s3 ls takes one s3://BUCKET/PREFIX', misuse);
  if (address === undefined || address === 's3://') {
    for (const { name, created } of await objects.buckets()) process.stdout.write(`${moment(created)} ${name}\n`);
    return 0;
  }
  const { bucket, key } = placeOf(address.startsWith('s3://') ? address : `s3://${address}`);
  const recursive = flags.has('--recursive');
  const { objects: found, prefixes } = await objects.list(bucket, key, !recursive);
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const name = (each: string) => (recursive ? each : each.slice(folder.length));
  for (const each of prefixes) process.stdout.write(`${'PRE'.padStart(30)} ${name(each)}\n`);
  for (const each of found)
    process.stdout.write(`${moment(each.modified)} ${String(each.size).padStart(10)} ${name(each.key)}\n`);
  if (flags.has('--summarize')) {
    const bytes = found.reduce((sum, { size }) => sum + size, 0);
    process.stdout.write(`\nTotal Objects: ${found.length}\n   Total Size: ${bytes}\n`);
  }
  return key !== '' && found.length + prefixes.length === 0 ? 1 : 0;
}

function moment(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}
