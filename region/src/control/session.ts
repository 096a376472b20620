import type { Duplex } from 'node:stream';
import type { Mistake } from '@terrace/cloud/mistake';

/**
 * A session in an instance, over one two-way stream. Each frame is a kind (one byte), a length (four bytes, big endian) and that
 * many bytes; both sides speak it.
 */
const kinds = { input: 0, inputEnded: 1, resized: 2, out: 3, err: 4, ended: 5, mistakes: 6, inputTaken: 7 } as const;

interface SessionWriter {
  input(bytes: Buffer): void;
  inputEnded(): void;
  resized(rows: number, columns: number): void;
  /** `false` where the stream takes no more until its `drain`. */
  output(channel: 'out' | 'err', bytes: Buffer): boolean;
  /** Exit status, as a shell gives it. */
  ended(status: number): void;
  mistakes(mistakes: readonly Mistake[]): void;
  /** So many bytes of input are no longer under way. */
  inputTaken(bytes: number): void;
}

interface SessionReader {
  input?(bytes: Buffer): void;
  inputEnded?(): void;
  resized?(rows: number, columns: number): void;
  output?(channel: 'out' | 'err', bytes: Buffer): void;
  ended?(status: number): void;
  mistakes?(mistakes: readonly Mistake[]): void;
  inputTaken?(bytes: number): void;
}

export function sessionWriter(stream: Duplex): SessionWriter {
  const send = (kind: number, bytes: Buffer): boolean => {
    if (stream.writableEnded || stream.destroyed) return true;
    const head = Buffer.alloc(5);
    head.writeUInt8(kind, 0);
    head.writeUInt32BE(bytes.length, 1);
    return stream.write(Buffer.concat([head, bytes]));
  };
  return {
    input: (bytes) => void send(kinds.input, bytes),
    inputEnded: () => void send(kinds.inputEnded, Buffer.alloc(0)),
    inputTaken: (bytes) => void send(kinds.inputTaken, Buffer.from(String(bytes))),
    resized: (rows, columns) => send(kinds.resized, Buffer.from(JSON.stringify([rows, columns]))),
    output: (channel, bytes) => send(channel === 'out' ? kinds.out : kinds.err, bytes),
    ended: (status) => send(kinds.ended, Buffer.from([status & 255])),
    mistakes: (mistakes) => send(kinds.mistakes, Buffer.from(JSON.stringify(mistakes))),
  };
}

/** Calls `on` for each frame that arrives. Frames of a kind it has nothing for are passed over. */
export function readSession(stream: Duplex, on: SessionReader): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const length = rest.readUInt32BE(1);
      take(rest.readUInt8(0), rest.subarray(5, 5 + length), on);
      rest = rest.subarray(5 + length);
    }
  });
}

function take(kind: number, bytes: Buffer, on: SessionReader): void {
  switch (kind) {
    case kinds.input:
      on.input?.(bytes);
      break;
    case kinds.inputEnded:
      on.inputEnded?.();
      break;
    case kinds.resized: {
      const [rows, columns] = JSON.parse(bytes.toString()) as [number, number];
      on.resized?.(rows, columns);
      break;
    }
    case kinds.out:
      on.output?.('out', bytes);
      break;
    case kinds.err:
      on.output?.('err', bytes);
      break;
    case kinds.ended:
      on.ended?.(bytes[0] ?? 0);
      break;
    case kinds.mistakes:
      on.mistakes?.(JSON.parse(bytes.toString()) as Mistake[]);
      break;
    case kinds.inputTaken:
      on.inputTaken?.(Number(bytes.toString()));
      break;
  }
}
