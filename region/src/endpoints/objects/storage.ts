import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import type { BucketConfiguration } from '../configuration.ts';
import { zipFolder } from './zip.ts';

export interface StoredObject {
  readonly key: string;
  /** Absolute path of the file that holds its bytes. */
  readonly path: string;
  readonly size: number;
  /** Without quotation marks. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly contentType: string;
  /** `x-amz-meta-…`, without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
}

export type NewObject = Pick<StoredObject, 'key' | 'contentType' | 'metadata'>;

/** Objects of the region's buckets: what the assembly published, and beside it what was put, in a folder of the project's state. */
export class ObjectStorage {
  #buckets: ReadonlyMap<string, BucketConfiguration>;
  readonly #assets = new Map<string, StoredObject>();

  constructor(buckets: readonly BucketConfiguration[]) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.name, bucket]));
  }

  configure(buckets: readonly BucketConfiguration[]): void {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.name, bucket]));
  }

  bucket(name: string): BucketConfiguration | undefined {
    return this.#buckets.get(name);
  }

  get bucketNames(): readonly string[] {
    return [...this.#buckets.keys()].sort();
  }

  async find(bucket: BucketConfiguration, key: string): Promise<StoredObject | undefined> {
    const put = bucket.directory === null ? undefined : await readDescription(descriptionFile(bucket.directory, key));
    if (put) return put;
    const asset = bucket.assets.find((each) => each.key === key);
    return asset && this.#asset(asset);
  }

  /** By key, in the order of its UTF-8 bytes, as S3 lists. */
  async list(bucket: BucketConfiguration): Promise<StoredObject[]> {
    const assets = await Promise.all(bucket.assets.map((asset) => this.#asset(asset)));
    const files = bucket.directory === null ? [] : await readdir(bucket.directory).catch(() => []);
    const put = await Promise.all(
      files.filter((name) => name.endsWith('.json')).map((name) => readDescription(join(bucket.directory!, name))),
    );
    const objects = [...assets, ...put].filter((each) => each !== undefined);
    // What was put stands over what was deployed.
    return [...new Map(objects.map((each) => [each.key, each])).values()].sort((one, other) =>
      Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)),
    );
  }

  /** The object is there, whole, when it resolves; until then the one before is. */
  async put(directory: string, object: NewObject, body: AsyncIterable<Buffer>): Promise<StoredObject> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `${randomUUID()}.data`);
    const { size, etag } = await writeBody(path, body);
    return this.#describe(directory, { ...object, path, size, etag, modified: Date.now() });
  }

  /** @param etag As S3 forms it of several parts, `…-3`. */
  async putParts(directory: string, object: NewObject, parts: readonly string[], etag: string): Promise<StoredObject> {
    const path = join(directory, `${randomUUID()}.data`);
    const { size } = await writeBody(path, concatenated(parts));
    return this.#describe(directory, { ...object, path, size, etag, modified: Date.now() });
  }

  async remove(bucket: BucketConfiguration, key: string): Promise<void> {
    if (bucket.directory === null) return;
    const found = await readDescription(descriptionFile(bucket.directory, key));
    await rm(descriptionFile(bucket.directory, key), { force: true });
    if (found) await rm(found.path, { force: true });
  }

  async #describe(directory: string, object: StoredObject): Promise<StoredObject> {
    const file = descriptionFile(directory, object.key);
    const before = await readDescription(file);
    await writeWhole(file, JSON.stringify(object));
    if (before && before.path !== object.path) await rm(before.path, { force: true });
    return object;
  }

  async #asset({ key, path, packaging }: BucketConfiguration['assets'][number]): Promise<StoredObject> {
    const { mtimeMs } = await stat(path);
    const known = this.#assets.get(path);
    if (known?.modified === mtimeMs && known.key === key) return known;
    const file = packaging === 'zip' ? await zipFolder(path) : path;
    const { size } = await stat(file);
    const hash = createHash('md5');
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    const described: StoredObject = {
      key,
      path: file,
      size,
      etag: hash.digest('hex'),
      modified: mtimeMs,
      contentType: packaging === 'zip' ? 'application/zip' : 'application/octet-stream',
      metadata: {},
    };
    this.#assets.set(path, described);
    return described;
  }
}

/** A bucket's folder within that of all buckets, whatever a template calls it. */
export function bucketFolder(directory: string, name: string): string {
  return join(directory, encodeURIComponent(name).replace(/^\.+$/, 'unnamed'));
}

/** Writes a body to a new file, and says its length and digest. A body that breaks off leaves no file. */
export async function writeBody(path: string, body: AsyncIterable<Buffer>): Promise<{ size: number; etag: string }> {
  const hash = createHash('md5');
  let size = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(body, measured, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { size, etag: hash.digest('hex') };
}

async function* concatenated(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) yield* createReadStream(path);
}

function descriptionFile(directory: string, key: string): string {
  return join(directory, `${createHash('sha256').update(key).digest('hex').slice(0, 40)}.json`);
}

function readDescription(path: string): Promise<StoredObject | undefined> {
  const is = (object: StoredObject) => typeof object.key === 'string' && typeof object.path === 'string';
  return readKeptJson(path, is, objectIsGone);
}

const objectIsGone = words('the object is gone, and can be put again', '객체가 사라지며, 다시 올릴 수 있습니다.');
