import { gunzipSync } from 'node:zlib';

/** A part of user data as cloud-init tells them apart. */
export type Part =
  | { readonly kind: 'script' | 'cloud-config' | 'boothook'; readonly name: string; readonly content: string }
  /** Not carried out; `reason` says what it is. */
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

/** As many bytes as compressed user data may unpack to. */
const mostBytes = 8 * 1024 * 1024;

/**
 * User data as text, out of the base64 of a template. It may be compressed by gzip.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function decodeUserData(base64: string): string {
  return textOf(Buffer.from(base64, 'base64'));
}

function textOf(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString();
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes }).toString();
  } catch {
    // Left as it is: then it begins with nothing that cloud-init knows, and is told so.
    return bytes.toString();
  }
}

/**
 * The parts of decoded user data: one part, or a MIME multi-part archive of several.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 * https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 */
export function partsOf(userData: string): Part[] {
  const text = userData.replace(/\r\n/g, '\n');
  const multipart =
    /^(?:[A-Za-z-]+:.*\n(?:[ \t].*\n)*)*Content-Type:\s*multipart\/[^;\n]+;\s*boundary="?([^"\n;]+)"?/im.exec(text);
  if (multipart?.[1] !== undefined && multipart.index === 0) return multipartOf(text, multipart[1]);
  if (text.trim() === '') return [];
  return [partOf('part-001', text)];
}

function partOf(name: string, content: string): Part {
  const trimmed = content.trimStart();
  if (trimmed.startsWith('#!')) return { kind: 'script', name, content: trimmed };
  const first = trimmed.split('\n', 1)[0] ?? '';
  if (/^#cloud-config\s*$/.test(first)) return { kind: 'cloud-config', name, content: trimmed };
  if (first.startsWith('#cloud-boothook'))
    return { kind: 'boothook', name, content: trimmed.slice(first.length).trimStart() };
  const reason = Object.entries(refused).find(([start]) => first.startsWith(start))?.[1];
  return {
    kind: 'refused',
    name,
    reason:
      reason ??
      `cloud-init ignores user data that does not begin with #! (it begins with ${JSON.stringify(first.slice(0, 40))})`,
  };
}

/** Formats of cloud-init that are told, by how they begin. */
const refused: Readonly<Record<string, string>> = {
  '#cloud-config-archive': 'an archive of cloud-configs is not carried out in a rehearsal: write a MIME archive',
  '#cloud-config-jsonp': 'a JSON patch is not carried out in a rehearsal',
  '#include': 'an include is not carried out in a rehearsal',
  '#part-handler': 'a part handler is not carried out in a rehearsal',
  '## template: jinja': 'a Jinja template is not carried out in a rehearsal',
};

function multipartOf(text: string, boundary: string): Part[] {
  const pieces = text.split(`--${boundary}`).slice(1);
  const parts: Part[] = [];
  for (const piece of pieces) {
    if (piece.startsWith('--')) break;
    const number = String(parts.length + 1).padStart(3, '0');
    const [head = '', ...rest] = piece.replace(/^\n/, '').split('\n\n');
    const headers = new Map(
      [...head.matchAll(/^([A-Za-z-]+):\s*(.*(?:\n[ \t].*)*)$/gm)].map(([, key = '', value = '']) => [
        key.toLowerCase(),
        value,
      ]),
    );
    const name = /filename="?([^";\n]+)"?/.exec(headers.get('content-disposition') ?? '')?.[1] ?? `part-${number}`;
    const content = decode(rest.join('\n\n').replace(/\n$/, ''), headers.get('content-transfer-encoding') ?? '7bit');
    const type = (headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim() ?? '';
    if (content === undefined)
      parts.push({
        kind: 'refused',
        name,
        reason: `the encoding ${headers.get('content-transfer-encoding')} is not known`,
      });
    else if (type === 'text/cloud-config') parts.push({ kind: 'cloud-config', name, content });
    else if (type === 'text/cloud-boothook')
      parts.push({ kind: 'boothook', name, content: content.replace(/^\s*#cloud-boothook.*\n/, '') });
    else if (type.startsWith('multipart/')) parts.push(...partsOf(`${head}\n\n${rest.join('\n\n')}`));
    else if (['text/x-shellscript', 'text/plain', 'application/octet-stream', 'application/gzip'].includes(type))
      parts.push(partOf(name, content));
    else parts.push({ kind: 'refused', name, reason: `parts of type ${type} are not carried out in a rehearsal` });
  }
  return parts;
}

function decode(content: string, encoding: string): string | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return content;
    case 'base64':
      return textOf(Buffer.from(content, 'base64'));
    case 'quoted-printable': {
      const bytes = content
        .replace(/=\n/g, '')
        .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(bytes, 'latin1').toString();
    }
    default:
      return undefined;
  }
}
