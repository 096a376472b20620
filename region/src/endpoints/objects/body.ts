import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';

/**
 * The bytes of an uploaded object: plain, with their SHA-256 checked if it was signed, or in `aws-chunked` frames, as
 * today's SDKs send them with a checksum behind.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function uploadedBody(
  body: AsyncIterable<Buffer>,
  headers: Readonly<Record<string, string>>,
): AsyncIterable<Buffer> {
  const stated = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  if (stated.startsWith('STREAMING-')) return withoutFrames(body);
  return /^[0-9a-f]{64}$/.test(stated) ? checked(body, stated) : body;
}

async function* checked(body: AsyncIterable<Buffer>, wanted: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== wanted) {
    throw new AwsError(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
}

/** `LENGTH;chunk-signature=…\r\nBYTES\r\n`, until a length of 0; trailers follow. */
async function* withoutFrames(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  let expects: 'length' | 'bytes' | 'end of chunk' | 'nothing' = 'length';
  let left = 0;
  for await (const chunk of body) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let goesOn = true; goesOn; ) {
      goesOn = false;
      if (expects === 'length' && pending.includes('\r\n')) {
        const line = pending.indexOf('\r\n');
        left = Number.parseInt(pending.subarray(0, line).toString(), 16);
        if (!Number.isInteger(left))
          throw new AwsError(400, 'IncompleteBody', 'The chunks of the body cannot be read.');
        pending = pending.subarray(line + 2);
        expects = left === 0 ? 'nothing' : 'bytes';
        goesOn = true;
      } else if (expects === 'bytes' && pending.length > 0) {
        const part = pending.subarray(0, left);
        yield part;
        pending = pending.subarray(part.length);
        left -= part.length;
        if (left === 0) expects = 'end of chunk';
        goesOn = true;
      } else if (expects === 'end of chunk' && pending.length >= 2) {
        pending = pending.subarray(2);
        expects = 'length';
        goesOn = true;
      }
    }
  }
  if (expects !== 'nothing') throw new AwsError(400, 'IncompleteBody', 'The body ended before its last chunk.');
}
