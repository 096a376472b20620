import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * IMDSv2's tokens: each holds for one instance and for the seconds that were asked for. They are sealed and not
 * remembered, so any number may be out; a new process knows none of the old ones, as after a move to another host.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class MetadataTokens {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  issue(instance: string, seconds: number): string {
    const expires = Buffer.alloc(8);
    expires.writeBigUInt64BE(BigInt(this.#now() + seconds * 1000));
    return Buffer.concat([expires, this.#mark(instance, expires)]).toString('base64url');
  }

  holds(instance: string, token: string): boolean {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 40) return false;
    const expires = bytes.subarray(0, 8);
    return (
      timingSafeEqual(bytes.subarray(8), this.#mark(instance, expires)) &&
      Number(expires.readBigUInt64BE()) > this.#now()
    );
  }

  #mark(instance: string, expires: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(instance).update('\0').update(expires).digest();
  }
}
