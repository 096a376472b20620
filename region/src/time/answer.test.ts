import { describe, expect, test } from 'vitest';
import { answer } from './answer.ts';

const moment = Date.UTC(2026, 10, 22, 12, 0, 0, 500);
const question = Buffer.alloc(48);
question[0] = 0b00_100_011;
question.write('asked at', 40, 'ascii');

describe('the time service', () => {
  test('answers a client with the time, as a server, and gives back when it was asked', () => {
    const said = answer(question, moment)!;
    expect(said[0]).toBe(0b00_100_100);
    expect(said.toString('ascii', 24, 32)).toBe('asked at');
    for (const offset of [16, 32, 40]) {
      expect((said.readUInt32BE(offset) - 2_208_988_800) * 1000).toBe(moment - 500);
      expect(said.readUInt32BE(offset + 4)).toBe(2 ** 31);
    }
  });

  test.each([
    ['another server', Buffer.concat([Buffer.from([0b00_100_100]), question.subarray(1)])],
    ['half a packet', question.subarray(0, 20)],
  ])('is silent to %s', (_who, packet) => {
    expect(answer(packet, moment)).toBeUndefined();
  });
});
