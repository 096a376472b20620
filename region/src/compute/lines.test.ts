import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

test('lines are whole, of each stream by itself, the last one too', () => {
  const lines: string[] = [];
  const { onOutput, end } = linesOf((line) => lines.push(line));
  const korean = Buffer.from('한글\n');
  onOutput('out', Buffer.from('one\ntw'));
  onOutput('err', korean.subarray(0, 2));
  onOutput('out', Buffer.from('o\n\nlast'));
  onOutput('err', korean.subarray(2));
  end();
  expect(lines).toEqual(['one', 'two', '', '한글', 'last']);
});

test('a line without end is cut', () => {
  const lines: string[] = [];
  linesOf((line) => lines.push(line)).onOutput('out', Buffer.alloc(20_000, 'x'));
  expect(lines).toEqual(['x'.repeat(20_000)]);
});
