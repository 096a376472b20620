import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { openSession, type Session, secretFor } from '../credentials/session.ts';
import { AwsError } from './aws-error.ts';

interface SignedRequest {
  readonly method: string;
  /** As it came, still encoded. */
  readonly path: string;
  /** Without the `?`, as it came. */
  readonly query: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hexadecimal digits; `null` while it is not read (S3 then trusts the header, and checks it later). */
  readonly bodyHash: string | null;
}

const skew = 5 * 60_000;

/**
 * Whose request it is, by Signature Version 4 in the `Authorization` header or, presigned, in the query. Throws
 * AWS's error where there is no signature, or it does not hold. Only credentials of roles that the region gave out exist.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: SignedRequest,
  expected: {
    readonly sealingKey: string;
    readonly region: string;
    readonly service: string | null;
    readonly now: number;
  },
): Session {
  const parts = fromHeader(request) ?? fromQuery(request);
  if (!parts) throw new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const [accessKeyId, day, region, service, terminator] = parts.credential.split('/');
  const session = parts.token === undefined ? undefined : openSession(expected.sealingKey, parts.token);
  if (!session || session.accessKeyId !== accessKeyId) {
    throw new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (session.expires <= expected.now) {
    throw new AwsError(403, 'ExpiredTokenException', 'The security token included in the request is expired');
  }
  const scope = `${day}/${region}/${service}/${terminator}`;
  if (
    (expected.service !== null && service !== expected.service) ||
    terminator !== 'aws4_request' ||
    !scopeRegions(expected.region, service).includes(region ?? '')
  ) {
    throw mismatch(
      `Credential should be scoped to ${expected.region}/${expected.service ?? service}, not ${region}/${service}.`,
    );
  }
  checkTime(parts, expected.now);
  const canonical = canonicalRequest(request, parts, service ?? '');
  const toSign = ['AWS4-HMAC-SHA256', parts.date, scope, sha256(canonical)].join('\n');
  let key: Buffer = Buffer.from(`AWS4${secretFor(expected.sealingKey, accessKeyId!)}`);
  for (const part of [day!, region!, service!, terminator!]) key = hmac(key, part);
  const wanted = hmac(key, toSign);
  const given = Buffer.from(parts.signature, 'hex');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw mismatch('The request signature we calculated does not match the signature you provided.');
  }
  return session;
}

interface Parts {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly token: string | undefined;
  /** `20260102T030405Z` */
  readonly date: string;
  /** Seconds; `null` for a header signature, which holds for five minutes. */
  readonly expires: number | null;
  readonly presigned: boolean;
}

function fromHeader({ headers }: SignedRequest): Parts | undefined {
  const match = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(headers.authorization ?? '');
  if (!match) return undefined;
  const fields = Object.fromEntries(
    match[1]!.split(',').map((field) => {
      const [name, ...rest] = field.trim().split('=');
      return [name!, rest.join('=')];
    }),
  );
  return {
    credential: fields.Credential ?? '',
    signedHeaders: (fields.SignedHeaders ?? '').split(';'),
    signature: fields.Signature ?? '',
    token: headers['x-amz-security-token'],
    date: headers['x-amz-date'] ?? '',
    expires: null,
    presigned: false,
  };
}

function fromQuery({ query }: SignedRequest): Parts | undefined {
  const values = new URLSearchParams(query);
  if (values.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  return {
    credential: values.get('X-Amz-Credential') ?? '',
    signedHeaders: (values.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: values.get('X-Amz-Signature') ?? '',
    token: values.get('X-Amz-Security-Token') ?? undefined,
    date: values.get('X-Amz-Date') ?? '',
    expires: Number(values.get('X-Amz-Expires') ?? 0),
    presigned: true,
  };
}

/** Global services are signed for us-east-1. */
function scopeRegions(region: string, service: string | undefined): string[] {
  return ['sts', 'iam', 'route53', 'cloudfront'].includes(service ?? '') ? [region, 'us-east-1'] : [region];
}

function checkTime({ date, expires }: Parts, now: number): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  const signed = match
    ? Date.UTC(+match[1]!, +match[2]! - 1, +match[3]!, +match[4]!, +match[5]!, +match[6]!)
    : Number.NaN;
  const late = expires === null ? skew : expires * 1000;
  if (!(signed - now <= skew && now - signed <= late)) {
    throw new AwsError(
      403,
      expires === null ? 'RequestTimeTooSkewed' : 'AccessDenied',
      'The request is too old, or from the future.',
    );
  }
}

function canonicalRequest(request: SignedRequest, { signedHeaders, presigned }: Parts, service: string): string {
  const path = service === 's3' ? request.path : request.path.split('/').map(encode).join('/');
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  const stated = request.headers['x-amz-content-sha256'];
  const payload = presigned && service === 's3' ? 'UNSIGNED-PAYLOAD' : payloadHash(request, stated, service);
  return [request.method, path, canonicalQuery(request.query), headers.join(''), signedHeaders.join(';'), payload].join(
    '\n',
  );
}

function payloadHash(request: SignedRequest, stated: string | undefined, service: string): string {
  if (service === 's3' || request.bodyHash === null) return stated ?? 'UNSIGNED-PAYLOAD';
  return request.bodyHash;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => {
      const [name, ...rest] = pair.split('=');
      return [encode(decode(name!)), encode(decode(rest.join('=')))] as const;
    })
    .sort(([one, first], [other, second]) => compare(one, other) || compare(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function mismatch(message: string): AwsError {
  return new AwsError(403, 'SignatureDoesNotMatch', message);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
