import { expect, test } from 'vitest';
import { concealment } from './concealment.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

test.each([
  ['a secret within a text', ['hunter-22'], 'password=hunter-22;', 'password=****;'],
  ['the longer of two first', ['hunter', 'hunter-22-long'], 'x hunter-22-long hunter', 'x **** ****'],
  ['a short one as a word only', ['on'], 'on the moon: on', '**** the moon: ****'],
  ['one with signs of patterns', ['a.b*c(d)[e]'], 'is a.b*c(d)[e] or aXb', 'is **** or aXb'],
  ['within JSON', ['say "hi" twice'], '{"a":"say \\"hi\\" twice"}', '{"a":"****"}'],
  ['within XML', ['a<b>&"c"-long'], '<v>a&lt;b&gt;&amp;&quot;c&quot;-long</v>', '<v>****</v>'],
  ['within a URL', ['p@ss w/rd!'], 'postgres://u:p%40ss%20w%2Frd!@h', 'postgres://u:****@h'],
  ['in base64 itself', ['hunter-22-long'], `key: ${base64('hunter-22-long')}`, 'key: ****'],
  ['in a script in base64', ['hunter-22'], base64('#!/bin/sh\nPW=hunter-22\n'), base64('#!/bin/sh\nPW=****\n')],
  ['lines of a key', ['-----BEGIN-----\nMIIBVgIBADANBg\n-----END-----'], 'line: MIIBVgIBADANBg', 'line: ****'],
  ['nothing of what is no secret', ['true', '', '****'], 'true **** false', 'true **** false'],
])('conceals %s', (_what, secrets, text, shown) => {
  expect(concealment(secrets).text(text)).toBe(shown);
});

test('conceals texts within a value, names included, and leaves the rest', () => {
  expect(concealment(['hunter-22']).value({ 'hunter-22': [1, true, null, { a: 'x hunter-22' }] })).toEqual({
    '****': [1, true, null, { a: 'x ****' }],
  });
});
