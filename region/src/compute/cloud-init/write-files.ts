import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { quoted, writing } from './shell.ts';

/** As many bytes as a file of user data may unpack to. */
const mostBytes = 8 * 1024 * 1024;

/**
 * The script of `write_files`, in the order of the list; with `deferred` those that wait for users and packages.
 *
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export function writeFilesScript(given: unknown, deferred: boolean): string {
  if (!Array.isArray(given)) throw new Error('write_files is a list of files');
  return given
    .filter((each) => isTrue((each as Record<string, unknown> | null)?.defer) === deferred)
    .map((each) => oneFile((each ?? {}) as Record<string, unknown>))
    .join('');
}

function oneFile(file: Record<string, unknown>): string {
  const path = String(file.path ?? '').trim();
  if (path === '') return "echo 'No path provided to write for an entry of write_files'\n";
  if (file.source !== undefined) throw new Error(`${path}: source is not carried out in a rehearsal`);
  const content = contentOf(path, file);
  const owner = String(file.owner ?? 'root:root');
  return [
    `mkdir -p ${quoted(dirname(path))}\n`,
    writing(path, content, { append: isTrue(file.append) }),
    `chmod ${modeOf(file.permissions)} ${quoted(path)}\n`,
    `chown -- ${quoted(owner)} ${quoted(path)}\n`,
  ].join('');
}

function contentOf(path: string, { content, encoding }: Record<string, unknown>): Buffer {
  const text = content === undefined || content === null ? '' : String(content);
  const named = String(encoding ?? 'text/plain').toLowerCase();
  const isBase64 = /^(b64|base64|gz(ip)?\+(b64|base64))$/.test(named);
  const bytes = isBase64 ? Buffer.from(text, 'base64') : Buffer.from(text);
  if (!/^gz(ip)?($|\+)/.test(named)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    throw new Error(`${path}: the content is no gzip (${(error as Error).message})`);
  }
}

/** Octal text, or the number that YAML made of it; what is neither counts as 0644, as for cloud-init. */
function modeOf(permissions: unknown): string {
  if (typeof permissions === 'number') return permissions.toString(8);
  const text = String(permissions ?? '');
  return /^(0o?)?[0-7]{1,4}$/.test(text) ? text.replace('o', '') : '0644';
}

function isTrue(given: unknown): boolean {
  return ['true', '1', 'on', 'yes'].includes(String(given).toLowerCase());
}
