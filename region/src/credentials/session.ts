import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * Temporary credentials of a role, as instance metadata gives them out and the region's AWS endpoints check them. The session
 * token is the session itself, sealed with the region's key, and the secret key follows from the access key and
 * that same key: so the giver and the checker share nothing but the key, which lives as long as the region.
 */
export interface Session {
  /** `arn:aws:iam::ACCOUNT:role/…` */
  readonly role: string;
  /** The role session's name: the id of the instance it was given to. */
  readonly name: string;
  readonly accessKeyId: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly token: string;
  readonly session: Session;
}

/**
 * The role of credentials that every instance has and that prove no more than which instance it is.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles
 */
export function instanceIdentity(account: string): string {
  return `arn:aws:iam::${account}:role/aws:ec2-instance`;
}

/** A key for one region, 32 bytes in base64. */
export function newSealingKey(): string {
  return randomBytes(32).toString('base64');
}

export function issueCredentials(key: string, role: string, name: string, expires: number): Credentials {
  const accessKeyId = `ASIA${base32(randomBytes(10))}`;
  const session: Session = { role, name, accessKeyId, expires };
  return { accessKeyId, secretAccessKey: secretFor(key, accessKeyId), token: seal(key, session), session };
}

/** The session that a token holds, `undefined` if it was not sealed with this key or was changed. Expiry is not looked at. */
export function openSession(key: string, token: string): Session | undefined {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length < 29) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
    return JSON.parse(text) as Session;
  } catch {
    return undefined;
  }
}

/** 40 characters, as AWS's secret access keys have. */
export function secretFor(key: string, accessKeyId: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(`secret ${accessKeyId}`).digest('base64').slice(0, 40);
}

function seal(key: string, session: Session): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(session)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Sixteen capital letters and digits out of ten bytes. */
function base32(bytes: Buffer): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{5}/g)!
    .map((group) => alphabet[Number.parseInt(group, 2)])
    .join('');
}
