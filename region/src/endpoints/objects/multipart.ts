import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import { AwsError, notCarriedOut } from '../aws-error.ts';
import type { Reply } from '../call.ts';
import { xml } from '../xml.ts';
import { uploadedBody } from './body.ts';
import { describedBy, document, type ObjectRequest, objectArn, writable } from './object-request.ts';
import { type NewObject, writeBody } from './storage.ts';

/** Uploads in parts, as clients do above some megabytes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
export async function multipart(request: ObjectRequest): Promise<Reply> {
  const { method, query, bucket, key, call } = request;
  const action = method === 'DELETE' ? 's3:AbortMultipartUpload' : 's3:PutObject';
  await call.authorize(action, objectArn(bucket, key));
  const uploads = join(writable(bucket), 'uploads');
  if (method === 'POST' && query.has('uploads')) return begin(request, uploads);
  const id = query.get('uploadId') ?? '';
  if (!/^[0-9a-f-]{36}$/.test(id)) throw noSuchUpload();
  const directory = join(uploads, id);
  if (method === 'PUT' && query.has('partNumber')) return putPart(request, directory);
  if (method === 'POST') return complete(request, directory);
  if (method === 'DELETE') {
    await rm(directory, { recursive: true, force: true });
    return { status: 204, headers: {}, body: '' };
  }
  throw notCarriedOut('s3', `${method} of a multipart upload`);
}

async function begin({ bucket, key, headers }: ObjectRequest, uploads: string): Promise<Reply> {
  const id = randomUUID();
  await mkdir(join(uploads, id), { recursive: true, mode: 0o700 });
  const object: NewObject = { key, ...describedBy(headers) };
  await writeWhole(join(uploads, id, 'object.json'), JSON.stringify(object));
  return document(xml('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: id }));
}

async function putPart({ query, headers, body }: ObjectRequest, directory: string): Promise<Reply> {
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new AwsError(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  await objectOf(directory);
  const { etag } = await writeBody(join(directory, String(number)), uploadedBody(body, headers));
  await writeWhole(join(directory, `${number}.etag`), etag);
  return { status: 200, headers: { ETag: `"${etag}"` }, body: '' };
}

async function complete({ bucket, key, body, headers, storage }: ObjectRequest, directory: string): Promise<Reply> {
  const object = await objectOf(directory);
  let text = '';
  for await (const chunk of uploadedBody(body, headers)) text += chunk;
  const numbers = [...text.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
  const etags = await Promise.all(
    numbers.map((number) =>
      readFile(join(directory, `${number}.etag`), 'utf8').catch(() => {
        throw new AwsError(400, 'InvalidPart', `Part ${number} was not uploaded`);
      }),
    ),
  );
  if (numbers.length === 0) throw new AwsError(400, 'MalformedXML', 'The parts are not listed');
  const etag = `${createHash('md5')
    .update(Buffer.from(etags.join(''), 'hex'))
    .digest('hex')}-${numbers.length}`;
  const parts = numbers.map((number) => join(directory, String(number)));
  await storage.putParts(writable(bucket), object, parts, etag);
  await rm(directory, { recursive: true, force: true });
  return document(xml('CompleteMultipartUploadResult', { Bucket: bucket.name, Key: key, ETag: `"${etag}"` }));
}

async function objectOf(directory: string): Promise<NewObject> {
  const is = ({ key }: NewObject) => typeof key === 'string';
  const object = await readKeptJson(join(directory, 'object.json'), is, uploadIsGone);
  if (!object) throw noSuchUpload();
  return object;
}

const uploadIsGone = words('the parts that were uploaded have to be uploaded again', '올린 부분을 다시 올려야 합니다.');

function noSuchUpload(): AwsError {
  return new AwsError(404, 'NoSuchUpload', 'The specified upload does not exist.');
}
