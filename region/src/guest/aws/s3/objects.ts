import { Refusal } from '../../refusal.ts';
import type { Answer } from '../../request.ts';
import { callService, element } from '../../service-call.ts';
import { encodeStrictly } from '../../signature.ts';

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** Milliseconds. */
  readonly modified: number;
}

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** `s3://BUCKET/KEY`; the key may be empty. */
export function placeOf(address: string): Place {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(address) ?? [];
  if (bucket === '') throw new Refusal(`Invalid bucket name "" in ${address}`, 255);
  return { bucket, key };
}

/** S3's objects by the region that an option, the profile or the instance names. */
export class Objects {
  readonly #region: string | undefined;

  constructor(region: string | undefined) {
    this.#region = region;
  }

  async get(place: Place): Promise<{ body: Buffer; modified: number }> {
    const answer = await this.#object('GET', 'GetObject', place);
    const modified = Date.parse(String(answer.headers['last-modified'] ?? ''));
    return { body: answer.body, modified: Number.isNaN(modified) ? Date.now() : modified };
  }

  async put(place: Place, body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#object('PUT', 'PutObject', place, body, headers);
  }

  async remove(place: Place): Promise<void> {
    await this.#object('DELETE', 'DeleteObject', place);
  }

  /** Objects below a prefix; with `folds`, what lies below a further slash comes as prefixes. */
  async list(bucket: string, prefix: string, folds = false): Promise<{ objects: ListedObject[]; prefixes: string[] }> {
    const objects: ListedObject[] = [];
    const prefixes: string[] = [];
    for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
      const query = new URLSearchParams({ 'list-type': '2', prefix, ...(folds ? { delimiter: '/' } : {}) });
      query.set('encoding-type', 'url');
      if (token !== undefined) query.set('continuation-token', token);
      const answer = await this.#send('GET', 'ListObjectsV2', bucket, `/?${encoded(query)}`);
      const text = String(answer.body);
      for (const [, each = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs))
        objects.push({
          key: decodeURIComponent(element(each, 'Key') ?? ''),
          size: Number(element(each, 'Size')),
          modified: Date.parse(element(each, 'LastModified') ?? ''),
        });
      for (const [, each = ''] of text.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs))
        prefixes.push(decodeURIComponent(element(each, 'Prefix') ?? ''));
      token = element(text, 'IsTruncated') === 'true' ? element(text, 'NextContinuationToken') : undefined;
    }
    return { objects, prefixes };
  }

  async buckets(): Promise<{ name: string; created: number }[]> {
    const answer = await callService('s3', this.#region, {
      path: '/',
      method: 'GET',
      headers: {},
      body: Buffer.alloc(0),
    });
    failed(answer, 'ListBuckets');
    return [...String(answer.body).matchAll(/<Bucket>(.*?)<\/Bucket>/gs)].map(([, each = '']) => ({
      name: element(each, 'Name') ?? '',
      created: Date.parse(element(each, 'CreationDate') ?? ''),
    }));
  }

  #object(method: string, operation: string, { bucket, key }: Place, body?: Buffer, headers?: Record<string, string>) {
    if (key === '') throw new Refusal(`s3://${bucket} names no object`, 255);
    return this.#send(method, operation, bucket, `/${key.split('/').map(encodeStrictly).join('/')}`, body, headers);
  }

  async #send(
    method: string,
    operation: string,
    bucket: string,
    path: string,
    body: Buffer = Buffer.alloc(0),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await callService('s3', this.#region, {
      // A name with a dot would not match the endpoint's certificate.
      ...(bucket.includes('.')
        ? { path: `/${bucket}${path}` }
        : { path, host: (where) => `${bucket}.s3.${where}.amazonaws.com` }),
      method,
      headers,
      body,
    });
    failed(answer, operation);
    return answer;
  }
}

function failed(answer: Answer, operation: string): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const text = String(answer.body);
  throw new Refusal(
    `An error occurred (${element(text, 'Code') ?? answer.status}) when calling the ${operation} operation: ${element(text, 'Message') ?? answer.statusText}`,
    1,
  );
}

function encoded(query: URLSearchParams): string {
  return [...query].map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`).join('&');
}
