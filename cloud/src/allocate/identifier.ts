import { createHash } from 'node:crypto';

/**
 * Identifiers are hashes of what they stand for, so that they are the same at every load and no resource's
 * depends on another's being there.
 */
export interface Subject {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly logicalId: string;
  /** How often another has taken its place; left out for never. */
  readonly replacements?: number;
}

/** What has the same identifier in a whole region, whoever asks for it. */
export function regional({ account, region }: Subject): Subject {
  return { account, region, stack: '', logicalId: '' };
}

/** `length` hexadecimal digits that belong to this subject and purpose. */
export function hexadecimal(subject: Subject, purpose: string, length: number): string {
  return hash(parts(subject, purpose)).toString('hex').slice(0, length);
}

/** An EC2 identifier, for example `subnet-0` and sixteen digits: AWS's long form has seventeen, the first of which is zero. */
export function resourceIdentifier(subject: Subject, prefix: string): string {
  return `${prefix}-0${hexadecimal(subject, prefix, 16)}`;
}

/** `length` capital letters and digits, as AWS ends the names that it makes up. */
export function suffix(subject: Subject, purpose: string, length: number): string {
  return encode(hash(parts(subject, purpose)), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', length);
}

export function letters(subject: Subject, purpose: string, length: number): string {
  return encode(hash(parts(subject, purpose)), 'abcdefghijklmnopqrstuvwxyz0123456789', length);
}

/** `length` digits, the first of which is not zero. */
export function digits(subject: Subject, purpose: string, length: number): string {
  const bytes = hash(parts(subject, purpose));
  return encode(bytes, '0123456789', length).replace(/^0/, '1');
}

/** A version 4 UUID in form, though not drawn by lot. */
export function uuid(subject: Subject, purpose: string): string {
  const text = hexadecimal(subject, purpose, 32);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `a${text.slice(17, 20)}`,
    text.slice(20, 32),
  ].join('-');
}

/** An unsigned 32-bit number that belongs to the words. */
export function hashNumber(...words: readonly string[]): number {
  return hash(words).readUInt32BE(0);
}

/**
 * A name as CloudFormation makes it: stack, logical id and a suffix, cut so that it fits.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function generatedName(subject: Subject, limit = 63): string {
  const tail = suffix(subject, 'name', 12);
  const room = limit - tail.length - 2;
  const logicalId = subject.logicalId.slice(0, Math.max(Math.ceil(room / 2), room - subject.stack.length));
  return `${subject.stack.slice(0, room - logicalId.length)}-${logicalId}-${tail}`;
}

function parts(subject: Subject, purpose: string): string[] {
  const { account, region, stack, logicalId, replacements = 0 } = subject;
  return [account, region, stack, logicalId, purpose, ...(replacements > 0 ? [String(replacements)] : [])];
}

function hash(words: readonly string[]): Buffer {
  return createHash('sha256').update(words.join('\u0000')).digest();
}

function encode(bytes: Buffer, alphabet: string, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += alphabet[bytes[index % bytes.length]! % alphabet.length];
  return text;
}
