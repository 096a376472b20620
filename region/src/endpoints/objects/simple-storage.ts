import { createReadStream } from 'node:fs';
import { AwsError, notCarriedOut } from '../aws-error.ts';
import type { Call, Reply } from '../call.ts';
import type { Wire } from '../wire.ts';
import { xml } from '../xml.ts';
import { uploadedBody } from './body.ts';
import { listObjects } from './listing.ts';
import { multipart } from './multipart.ts';
import { bucketArn, describedBy, document, type ObjectRequest, objectArn, writable } from './object-request.ts';
import { byteRange } from './range.ts';
import type { ObjectStorage, StoredObject } from './storage.ts';

export async function answerObjects(
  body: AsyncIterable<Buffer>,
  wire: Wire,
  call: Call,
  storage: ObjectStorage,
): Promise<Reply> {
  const { bucket: name, key } = addressed(wire);
  if (name === '') return listBuckets(wire, call, storage);
  const bucket = storage.bucket(name);
  if (!bucket) throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const query = new URLSearchParams(wire.query);
  const request: ObjectRequest = {
    method: wire.method,
    bucket,
    key,
    query,
    headers: wire.headers,
    body,
    call,
    storage,
  };
  return key === '' ? answerBucket(request) : answerObject(request);
}

async function answerBucket(request: ObjectRequest): Promise<Reply> {
  const { method, bucket, query, call } = request;
  const arn = bucketArn(bucket);
  if (method === 'HEAD') {
    await call.authorize('s3:ListBucket', arn);
    return { status: 200, headers: { 'x-amz-bucket-region': call.configuration.region }, body: '' };
  }
  if (method === 'GET' && query.has('location')) {
    await call.authorize('s3:GetBucketLocation', arn);
    const { region } = call.configuration;
    return document(xml('LocationConstraint', region === 'us-east-1' ? '' : region));
  }
  if (method === 'GET' && [...query.keys()].every((name) => listingParameters.has(name))) return listObjects(request);
  throw notCarriedOut('s3', `${method} on a bucket with ?${[...query.keys()].join('&')}`);
}

const listingParameters = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'marker',
  'encoding-type',
  'fetch-owner',
  'x-id',
]);

async function answerObject(request: ObjectRequest): Promise<Reply> {
  const { method, query, key } = request;
  if (query.has('uploads') || query.has('uploadId')) return multipart(request);
  const others = [...query.keys()].filter(
    (name) => !name.startsWith('X-Amz-') && !name.startsWith('response-') && name !== 'x-id',
  );
  if (others.length > 0 || request.headers['x-amz-copy-source'] !== undefined) {
    throw notCarriedOut('s3', `${method} ${key} with ?${others.join('&') || 'x-amz-copy-source'}`);
  }
  if (method === 'GET' || method === 'HEAD') return getObject(request);
  if (method === 'PUT') return putObject(request);
  if (method === 'DELETE') return deleteObject(request);
  throw notCarriedOut('s3', `${method} ${key}`);
}

async function getObject({ method, bucket, key, headers, call, storage }: ObjectRequest): Promise<Reply> {
  await call.authorize('s3:GetObject', objectArn(bucket, key));
  const found = await storage.find(bucket, key);
  if (!found) {
    // Who may not list the bucket does not learn that there is no such key.
    await call.authorize('s3:ListBucket', bucketArn(bucket));
    throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  const described = objectHeaders(found);
  if (headers['if-none-match']?.includes(found.etag)) {
    return { status: 304, headers: described, body: '' };
  }
  if (headers['if-match'] !== undefined && !headers['if-match'].includes(found.etag)) {
    throw new AwsError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const range = byteRange(headers.range, found.size);
  if (range === 'unsatisfiable') throw new AwsError(416, 'InvalidRange', 'The requested range is not satisfiable');
  const [start, end] = range ?? [0, found.size - 1];
  const length = { 'Content-Length': String(end - start + 1) };
  const part = range ? { 'Content-Range': `bytes ${start}-${end}/${found.size}` } : {};
  const body = method === 'HEAD' || found.size === 0 ? '' : createReadStream(found.path, { start, end });
  return { status: range ? 206 : 200, headers: { ...described, ...length, ...part }, body };
}

async function putObject({ bucket, key, headers, body, call, storage }: ObjectRequest): Promise<Reply> {
  await call.authorize('s3:PutObject', objectArn(bucket, key));
  const directory = writable(bucket);
  const stored = await storage.put(directory, { key, ...describedBy(headers) }, uploadedBody(body, headers));
  return { status: 200, headers: { ETag: `"${stored.etag}"` }, body: '' };
}

async function deleteObject({ bucket, key, call, storage }: ObjectRequest): Promise<Reply> {
  await call.authorize('s3:DeleteObject', objectArn(bucket, key));
  writable(bucket);
  await storage.remove(bucket, key);
  return { status: 204, headers: {}, body: '' };
}

async function listBuckets({ bucket }: Wire, call: Call, storage: ObjectStorage): Promise<Reply> {
  if (bucket !== null) throw notCarriedOut('s3', 'this request');
  await call.authorize('s3:ListAllMyBuckets', '*');
  const Buckets = storage.bucketNames.map((Name) => ({ Name, CreationDate: new Date(0).toISOString() }));
  return document(xml('ListAllMyBucketsResult', { Owner: { ID: call.configuration.account }, Buckets }, 'Bucket'));
}

/** Bucket and key of `https://BUCKET.s3.…/KEY` or `https://s3.…/BUCKET/KEY`. */
function addressed({ path, bucket }: Wire): { bucket: string; key: string } {
  const plain = decoded(path.slice(1));
  if (bucket !== null) return { bucket, key: plain };
  const [name = '', ...rest] = plain.split('/');
  return { bucket: name, key: rest.join('/') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

function objectHeaders({ etag, modified, contentType, metadata }: StoredObject): Record<string, string> {
  return {
    ETag: `"${etag}"`,
    'Last-Modified': new Date(modified).toUTCString(),
    'Content-Type': contentType,
    'Accept-Ranges': 'bytes',
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}
