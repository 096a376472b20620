import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { rules } from '../../rules/night.ts';

/** A game that a server has opened: 16 random bytes name it, and its time and seed cannot be chosen by the player. */
export interface Run {
  /** UUID. */
  readonly id: string;
  /** 16 hexadecimal digits. */
  readonly seed: string;
  /** Milliseconds since 1970, by the clock of the server that opened it. */
  readonly openedAt: number;
  readonly rules: number;
}

/** How long after its opening a game may be handed in: a game, its pauses, and a database that is away for a while. */
export const runLifetime = 2 * 60 * 60 * 1000;

const bodyLength = 16 + 6 + 1;

/** A token is rules, time and name of a run, signed. Any server that has the key can check it; none has to remember it. */
export function openRun(
  key: Uint8Array,
  now: number,
  version: number = rules,
): { readonly run: Run; readonly token: string } {
  const body = Buffer.alloc(bodyLength);
  randomBytes(16).copy(body);
  body.writeUIntBE(now, 16, 6);
  body.writeUInt8(version, 22);
  return { run: runOf(key, body), token: Buffer.concat([body, mac(key, 'run', body)]).toString('base64url') };
}

/** `undefined` where the token was not made with this key. */
export function readRun(key: Uint8Array, token: string): Run | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== bodyLength + 32) return undefined;
  const body = bytes.subarray(0, bodyLength);
  return timingSafeEqual(bytes.subarray(bodyLength), mac(key, 'run', body)) ? runOf(key, body) : undefined;
}

function runOf(key: Uint8Array, body: Buffer): Run {
  const id = body.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const seed = mac(key, 'seed', body).toString('hex', 0, 8);
  return { id, seed, openedAt: body.readUIntBE(16, 6), rules: body.readUInt8(22) };
}

function mac(key: Uint8Array, purpose: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(purpose).update(body).digest();
}
