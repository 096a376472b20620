import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Refusal } from '../../refusal.ts';
import { type Filters, isIncluded } from './filters.ts';
import { type Objects, type Place, placeOf } from './objects.ts';

/** A file or an object: where it is, and its path below what was named. */
export interface Item {
  readonly at: string | Place;
  readonly path: string;
  readonly size: number;
  /** Milliseconds. */
  readonly modified: number;
}

/** One end of a command. */
export type End = { readonly kind: 'local'; readonly path: string } | ({ readonly kind: 's3' } & Place);

export function endOf(word: string): End {
  return word.startsWith('s3://') ? { kind: 's3', ...placeOf(word) } : { kind: 'local', path: word };
}

/** All below a folder or a prefix, in order of their paths. */
export async function itemsBelow(end: End, objects: Objects, filters: Filters): Promise<Item[]> {
  const items = end.kind === 's3' ? await objectsBelow(end, objects) : await filesBelow(end.path);
  return items.filter(({ path }) => isIncluded(path, filters)).sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function objectsBelow({ bucket, key }: Place, objects: Objects): Promise<Item[]> {
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const { objects: listed } = await objects.list(bucket, prefix);
  // An object whose name ends with a slash marks a folder, and is none to copy.
  return listed
    .filter((each) => !each.key.endsWith('/'))
    .map((each) => ({ ...each, at: { bucket, key: each.key }, path: each.key.slice(prefix.length) }));
}

async function filesBelow(folder: string): Promise<Item[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new Refusal(`The user-provided path ${folder} does not exist.`, 255);
  const items: Item[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const each = await stat(path).catch(() => undefined);
    if (each?.isFile()) items.push({ at: path, path: relative(folder, path), size: each.size, modified: each.mtimeMs });
  }
  return items;
}

/** The single file or object of a command. */
export async function singleItem(end: End): Promise<Item> {
  if (end.kind === 's3') return { at: end, path: basename(end.key), size: 0, modified: 0 };
  const found = await stat(end.path).catch(() => undefined);
  if (!found) throw new Refusal(`The user-provided path ${end.path} does not exist.`, 255);
  if (found.isDirectory()) throw new Refusal(`${end.path} is a folder: --recursive copies one`, 255);
  return { at: end.path, path: basename(end.path), size: found.size, modified: found.mtimeMs };
}

/** Where an item goes: below a folder or a prefix by its path, or to the one place that was named. */
export function targetOf(item: Item, to: End, below: boolean): string | Place {
  if (to.kind === 's3') {
    if (below)
      return { bucket: to.bucket, key: `${to.key === '' || to.key.endsWith('/') ? to.key : `${to.key}/`}${item.path}` };
    const key = to.key === '' || to.key.endsWith('/') ? `${to.key}${item.path}` : to.key;
    return { bucket: to.bucket, key };
  }
  if (below) return join(to.path, item.path);
  const isFolder = to.path.endsWith('/') || (existsSync(to.path) && statSync(to.path).isDirectory());
  return isFolder ? join(to.path, item.path) : to.path;
}

/** Copies one, in whatever direction; a downloaded file has the object's time, so that a later `sync` leaves it alone. */
export async function copyOne(
  from: string | Place,
  to: string | Place,
  objects: Objects,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const source = typeof from === 'string' ? { body: await readFile(from), modified: 0 } : await objects.get(from);
  if (typeof to !== 'string') return objects.put(to, source.body, headers);
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, source.body);
  await utimes(to, new Date(), new Date(source.modified));
}

export async function removeOne(at: string | Place, objects: Objects): Promise<void> {
  if (typeof at === 'string') await rm(at);
  else await objects.remove(at);
}

/** As the CLI shows it: a file from where it was called. */
export function shown(at: string | Place): string {
  if (typeof at !== 'string') return `s3://${at.bucket}/${at.key}`;
  const folder = relative(process.cwd(), dirname(at));
  return `${folder === '' ? '.' : folder}/${basename(at)}`;
}
