import { expect, test } from 'vitest';
import { visible, visibleJson } from './visible.ts';

test.each([
  ['a colour', '\x1b[31mred', '\\x1b[31mred'],
  ['the clipboard (OSC 52)', '\x1b]52;c;aGk=\x07', '\\x1b]52;c;aGk=\\x07'],
  ['the same with a C1 introducer', '\x9d52;c;aGk=\x9c', '\\x9d52;c;aGk=\\x9c'],
  ['delete and carriage return', 'a\x7fb\rc', 'a\\x7fb\\x0dc'],
  ['a right-to-left override', 'exe.\u202egnp', 'exe.\\u202egnp'],
  ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', '\\u2066a\\u2069\\u200e\\u200f\\u061c'],
  ['zero width', 'a\u200bb\u200dc\ufeffd\u2060', 'a\\u200bb\\u200dc\\ufeffd\\u2060'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ['tags, and fillers that look like nothing', 'a\u{e0041}\u3164', 'a\\u{e0041}\\u3164'],
  ['half a character', 'a\ud800', 'a\\ud800'],
])('%s is shown, and not obeyed', (_what, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('what a person reads stays as it is', () => {
  const text = 'Größe → ✓ ₩ 한국어 🙂 | two\n\tlines';
  expect(visible(text)).toBe(text);
});

test('JSON stays JSON of the same value', () => {
  const value = { '\u202ekey': '\x1b\x7f\x9b\u2028\u{e0041}\ud800 plain 한' };
  const shown = visibleJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(shown)).toEqual(value);
  expect(visible(shown)).toBe(shown);
});
