import type { RecordType } from './configuration.ts';

/** A value as zone files write it, in the form in which `dns-packet` encodes it; `undefined` if it is none. */
export function recordData(type: RecordType, value: string): unknown {
  const parts = value.trim().split(/\s+/);
  const name = (text: string | undefined) => text?.replace(/\.$/, '');
  switch (type) {
    case 'A':
    case 'AAAA':
      return value.trim();
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return name(parts[0]);
    case 'MX':
      return { preference: Number(parts[0]), exchange: name(parts[1]) };
    case 'SRV':
      return { priority: Number(parts[0]), weight: Number(parts[1]), port: Number(parts[2]), target: name(parts[3]) };
    case 'TXT':
      return texts(value);
    case 'CAA':
      return { flags: Number(parts[0]), tag: parts[1], value: texts(parts.slice(2).join(' ')).join('') };
    case 'SOA': {
      const [mname, rname, ...numbers] = parts;
      const [serial, refresh, retry, expire, minimum] = numbers.map(Number);
      return { mname: name(mname), rname: name(rname), serial, refresh, retry, expire, minimum };
    }
    default:
      return undefined;
  }
}

/** `"one" "two"`, or a text without quotation marks. */
function texts(value: string): string[] {
  const quoted = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!.replace(/\\(.)/g, '$1'));
  return quoted.length > 0 ? quoted : [value.trim()];
}
