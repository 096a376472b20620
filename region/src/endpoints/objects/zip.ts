import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/**
 * A folder as the zip file that publishing makes of it, in a temporary file. The same folder gives the same bytes: names in
 * order, and one time for all.
 */
export async function zipFolder(folder: string): Promise<string> {
  const entries: Entry[] = [];
  for (const name of await filesBelow(folder, '')) {
    const path = join(folder, name);
    const content = await readFile(path);
    const mode = (await stat(path)).mode;
    entries.push({ name: Buffer.from(name), content, packed: deflateRawSync(content), crc: crc32(content), mode });
  }
  const bytes = zip(entries);
  const directory = await mkdtemp(join(tmpdir(), 'terrace-asset-'));
  const path = join(directory, `${createHash('sha256').update(bytes).digest('hex')}.zip`);
  await writeFile(`${path}.new`, bytes, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return path;
}

interface Entry {
  readonly name: Buffer;
  readonly content: Buffer;
  readonly packed: Buffer;
  readonly crc: number;
  readonly mode: number;
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const names = await Promise.all(
    entries.map((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    ),
  );
  return names.flat().sort();
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zip(entries: readonly Entry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x0021_0000, 6);
    common.writeUInt32LE(entry.crc, 10);
    common.writeUInt32LE(entry.packed.length, 14);
    common.writeUInt32LE(entry.content.length, 18);
    common.writeUInt16LE(entry.name.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, entry.name, entry.packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((entry.mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, entry.name);
    offset += 30 + entry.name.length + entry.packed.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 255]! ^ (value >>> 8)) >>> 0;
  return (value ^ 0xffffffff) >>> 0;
}
