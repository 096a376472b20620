import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/**
 * A gzipped tar archive whose bytes depend on names and contents alone: no owners, no clock, in the order given.
 * A file's time is made from its content, because nginx makes its ETag from time and size: two
 * versions of one length must not look the same to a browser.
 *
 * https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
export function archive(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Buffer {
  const blocks = files.flatMap(({ path, bytes }) => [
    header(path, bytes),
    bytes,
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 9 });
}

function header(path: string, bytes: Uint8Array): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`a path of more than 100 bytes: ${path}`);
  const block = Buffer.alloc(512);
  block.write(path, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  block.write(`${timeOf(bytes).toString(8).padStart(11, '0')}\0`, 136);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A second of the years 2020 to 2023. */
function timeOf(bytes: Uint8Array): number {
  return 1_577_836_800 + (createHash('sha256').update(bytes).digest().readUInt32BE() % (4 * 365 * 86_400));
}
