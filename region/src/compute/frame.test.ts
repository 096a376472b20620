import { expect, test } from 'vitest';
import { encodeFrame, frameReader } from './frame.ts';

const words = (frames: readonly (readonly Buffer[])[]) => frames.map((frame) => frame.map(String));

test('frames come out as they went in, however the bytes arrive', () => {
  const sent = [['spawn', '1', 'arg', '가나다'], ['input', '1', ''], ['x'.repeat(100_000)]];
  const bytes = Buffer.concat(sent.map(encodeFrame));
  for (const size of [1, 3, 4096, bytes.length]) {
    const read = frameReader();
    const got: string[][] = [];
    for (let at = 0; at < bytes.length; at += size) got.push(...words(read(bytes.subarray(at, at + size))));
    expect(got).toEqual(sent);
  }
});

test.each([
  ['a length beyond any frame', [0xff, 0xff, 0xff, 0xff]],
  ['a field longer than its frame', [0, 0, 0, 5, 0, 0, 0, 9, 1]],
  ['half a field', [0, 0, 0, 2, 0, 0]],
])('refuses %s', (_, bytes) => {
  expect(() => frameReader()(Buffer.from(bytes))).toThrow('a ');
});
