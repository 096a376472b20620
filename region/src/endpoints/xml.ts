import { escapeXml } from '@terrace/cloud/xml';

/**
 * XML as AWS's query APIs write it: objects become elements, lists `member` elements (or what `listName` says),
 * `undefined` and `null` nothing.
 */
export function xml(name: string, value: unknown, listName = 'member'): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return element(name, value.map((each) => xml(listName, each, listName)).join(''));
  if (typeof value === 'object') {
    return element(
      name,
      Object.entries(value)
        .map(([key, each]) => xml(key, each, listName))
        .join(''),
    );
  }
  return element(name, escapeXml(String(value)));
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name.split(' ')[0]}>`;
}
