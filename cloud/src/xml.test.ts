import { expect, test } from 'vitest';
import { escapeXml } from './xml.ts';

test.each([
  ['a < b & c > "d"', 'a &lt; b &amp; c &gt; &quot;d&quot;'],
  ['웹 서버\n10.0.0.0/16', '웹 서버\n10.0.0.0/16'],
  ['bell\u0007, escape\u001b[31m', 'bell, escape[31m'],
])('%j is %j in XML', (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});
