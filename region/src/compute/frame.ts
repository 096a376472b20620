/**
 * Frames between the supervisor, the launcher and an instance's init: a length and fields, each with its own
 * length, all 32 bits, big-endian. Fields are bytes; words among them are UTF-8.
 */
export type Frame = readonly Buffer[];

/** More than this is no frame of ours: an instance's init may have fallen to what runs in the instance. */
const largest = 8 * 1024 * 1024;

export function encodeFrame(fields: readonly (string | Buffer)[]): Buffer {
  const parts = fields.map((field) => (typeof field === 'string' ? Buffer.from(field) : field));
  const length = parts.reduce((sum, part) => sum + 4 + part.length, 0);
  const frame = Buffer.allocUnsafe(4 + length);
  let offset = frame.writeUInt32BE(length, 0);
  for (const part of parts) {
    offset = frame.writeUInt32BE(part.length, offset);
    offset += part.copy(frame, offset);
  }
  return frame;
}

/** Takes bytes as they come and gives every frame that they complete. Throws on what is not a frame. */
export function frameReader(): (chunk: Buffer) => Frame[] {
  let kept: Buffer[] = [];
  let size = 0;
  /** Bytes without which there is nothing more to be made out. */
  let needed = 4;
  return (chunk) => {
    kept.push(chunk);
    size += chunk.length;
    if (size < needed) return [];
    let buffer = Buffer.concat(kept, size);
    const frames: Frame[] = [];
    needed = 4;
    while (buffer.length >= 4) {
      const length = buffer.readUInt32BE(0);
      if (length > largest) throw new Error(`a frame of ${length} bytes`);
      needed = 4 + length;
      if (buffer.length < needed) break;
      frames.push(fieldsOf(buffer.subarray(4, needed)));
      buffer = buffer.subarray(needed);
      needed = 4;
    }
    kept = [buffer];
    size = buffer.length;
    return frames;
  };
}

function fieldsOf(body: Buffer): Frame {
  const fields: Buffer[] = [];
  let offset = 0;
  while (offset < body.length) {
    if (offset + 4 > body.length) throw new Error('a frame with half a field');
    const end = offset + 4 + body.readUInt32BE(offset);
    if (end > body.length) throw new Error('a frame with half a field');
    fields.push(body.subarray(offset + 4, end));
    offset = end;
  }
  return fields;
}
