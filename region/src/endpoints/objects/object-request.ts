import { notCarriedOut } from '../aws-error.ts';
import type { Call, Reply } from '../call.ts';
import type { BucketConfiguration } from '../configuration.ts';
import type { ObjectStorage, StoredObject } from './storage.ts';

/** One request to S3, told apart by method, path and query as its REST API is. https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export interface ObjectRequest {
  readonly method: string;
  readonly bucket: BucketConfiguration;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Buffer>;
  readonly call: Call;
  readonly storage: ObjectStorage;
}

export function bucketArn({ name }: BucketConfiguration): string {
  return `arn:aws:s3:::${name}`;
}

export function objectArn({ name }: BucketConfiguration, key: string): string {
  return `arn:aws:s3:::${name}/${key}`;
}

/** What the assembly published is not changed from inside. */
export function writable(bucket: BucketConfiguration): string {
  if (bucket.directory === null) throw notCarriedOut('s3', 'writing to a bucket of published assets');
  return bucket.directory;
}

export function describedBy(headers: Readonly<Record<string, string>>): Pick<StoredObject, 'contentType' | 'metadata'> {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return {
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice('x-amz-meta-'.length), value])),
  };
}

export function document(content: string): Reply {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
  };
}
