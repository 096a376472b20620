import { AwsError } from './aws-error.ts';

/**
 * As much of CBOR as AWS's RPC protocol uses: numbers, texts, lists, maps, time stamps (tag 1), with and without
 * lengths said beforehand. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function decodeCbor(bytes: Buffer): unknown {
  try {
    return new Decoder(bytes).value();
  } catch {
    throw new AwsError(400, 'SerializationException', 'The request body is not CBOR.');
  }
}

export function encodeCbor(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value >= 0 ? head(0, value) : head(1, -1 - value);
    const double = Buffer.alloc(9);
    double[0] = 0xfb;
    double.writeDoubleBE(value, 1);
    return double;
  }
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)]);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([key, each]) => [encodeCbor(key), encodeCbor(each)]),
  ]);
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  const bytes = Buffer.alloc(9);
  bytes[0] = (major << 5) | 27;
  bytes.writeBigUInt64BE(BigInt(size), 1);
  return bytes;
}

const breakMark = Symbol('break');

class Decoder {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(): unknown {
    const first = this.#bytes.readUInt8(this.#at);
    this.#at += 1;
    const [major, extra] = [first >> 5, first & 31];
    if (major === 7) return this.#simple(extra);
    if (extra === 31) return this.#open(major);
    const size = this.#size(extra);
    switch (major) {
      case 0:
        return size;
      case 1:
        return -1 - size;
      case 2:
        return this.#take(size);
      case 3:
        return this.#take(size).toString();
      case 4:
        return Array.from({ length: this.#bounded(size) }, () => this.value());
      case 5:
        return Object.fromEntries(
          Array.from({ length: this.#bounded(size) }, () => [String(this.value()), this.value()]),
        );
      default:
        return this.value();
    }
  }

  #simple(extra: number): unknown {
    if (extra === 31) return breakMark;
    if (extra === 20 || extra === 21) return extra === 21;
    if (extra === 22 || extra === 23) return null;
    if (extra === 25) return halfPrecision(this.#take(2).readUInt16BE());
    if (extra === 26) return this.#take(4).readFloatBE();
    if (extra === 27) return this.#take(8).readDoubleBE();
    throw new Error('simple value');
  }

  #open(major: number): unknown {
    const items: unknown[] = [];
    for (let item = this.value(); item !== breakMark; item = this.value()) items.push(item);
    if (major === 3) return items.join('');
    if (major === 2) return Buffer.concat(items as Buffer[]);
    if (major === 4) return items;
    return Object.fromEntries(
      Array.from({ length: items.length / 2 }, (_, index) => [String(items[index * 2]), items[index * 2 + 1]]),
    );
  }

  #size(extra: number): number {
    if (extra < 24) return extra;
    if (extra === 24) return this.#take(1).readUInt8();
    if (extra === 25) return this.#take(2).readUInt16BE();
    if (extra === 26) return this.#take(4).readUInt32BE();
    return Number(this.#take(8).readBigUInt64BE());
  }

  /** No more elements can follow than bytes are left. */
  #bounded(size: number): number {
    if (size > this.#bytes.length - this.#at) throw new Error('length');
    return size;
  }

  #take(size: number): Buffer {
    if (this.#at + size > this.#bytes.length) throw new Error('length');
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }
}

function halfPrecision(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
