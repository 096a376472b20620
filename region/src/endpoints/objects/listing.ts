import type { Reply } from '../call.ts';
import { xml } from '../xml.ts';
import { bucketArn, document, type ObjectRequest } from './object-request.ts';
import type { StoredObject } from './storage.ts';

/** ListObjectsV2, and ListObjects where `list-type` is not 2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export async function listObjects({ bucket, query, call, storage }: ObjectRequest): Promise<Reply> {
  const prefix = query.get('prefix') ?? '';
  await call.authorize('s3:ListBucket', bucketArn(bucket), {
    's3:prefix': prefix,
    's3:delimiter': query.get('delimiter') ?? '',
  });
  const second = query.get('list-type') === '2';
  const token = query.get('continuation-token');
  const after = second
    ? token === null
      ? (query.get('start-after') ?? '')
      : Buffer.from(token, 'base64url').toString()
    : (query.get('marker') ?? '');
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const page = pageOf(await storage.list(bucket), { prefix, delimiter: query.get('delimiter') ?? '', after, limit });
  const write =
    query.get('encoding-type') === 'url'
      ? (text: string) => encodeURIComponent(text).replaceAll('%2F', '/')
      : (text: string) => text;
  const entries = page.entries.map((each) =>
    typeof each === 'string'
      ? xml('CommonPrefixes', { Prefix: write(each) })
      : xml('Contents', {
          Key: write(each.key),
          LastModified: new Date(each.modified).toISOString(),
          ETag: `"${each.etag}"`,
          Size: each.size,
          StorageClass: 'STANDARD',
        }),
  );
  const head = {
    Name: bucket.name,
    Prefix: write(prefix),
    Delimiter: query.get('delimiter') ?? undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxKeys: limit,
    IsTruncated: page.next !== null,
    ...(second
      ? {
          KeyCount: page.entries.length,
          ContinuationToken: token ?? undefined,
          NextContinuationToken: page.next === null ? undefined : Buffer.from(page.next).toString('base64url'),
        }
      : { Marker: write(after), NextMarker: page.next === null ? undefined : write(page.next) }),
  };
  const fields = Object.entries(head).map(([name, value]) => xml(name, value));
  return document(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${fields.join('')}${entries.join('')}</ListBucketResult>`,
  );
}

interface Page {
  /** Objects, and common prefixes as texts. */
  readonly entries: readonly (StoredObject | string)[];
  /** After what the next page begins; `null` on the last. */
  readonly next: string | null;
}

function pageOf(
  objects: readonly StoredObject[],
  asked: { readonly prefix: string; readonly delimiter: string; readonly after: string; readonly limit: number },
): Page {
  const entries: (StoredObject | string)[] = [];
  let last = '';
  for (const object of objects) {
    if (!object.key.startsWith(asked.prefix) || object.key <= asked.after) continue;
    const cut = asked.delimiter === '' ? -1 : object.key.indexOf(asked.delimiter, asked.prefix.length);
    const entry = cut < 0 ? object : object.key.slice(0, cut + asked.delimiter.length);
    // What a page before has folded into a prefix does not come again.
    if (
      typeof entry === 'string' &&
      (entry === entries.at(-1) || entry === asked.after || asked.after.startsWith(entry))
    )
      continue;
    if (entries.length === asked.limit) return { entries, next: last };
    entries.push(entry);
    last = typeof entry === 'string' ? entry : entry.key;
  }
  return { entries, next: null };
}
