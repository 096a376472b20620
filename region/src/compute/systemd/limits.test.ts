import { expect, test } from 'vitest';
import { parseHardLimits, withinHardLimits } from './limits.ts';

const hard = parseHardLimits(`Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max core file size        0                    unlimited            bytes
Max open files            1024                 20000                files
Max realtime timeout      unlimited            unlimited            us
`);
const limit = (name: string, resource: number, value: string) => ({ name, resource, soft: value, hard: value });

test('limits are given as far as the machine allows, and what is cut is said', () => {
  expect(hard.get(7)).toBe(20_000n);
  expect(
    withinHardLimits([limit('LimitNOFILE', 7, '65536'), limit('LimitCORE', 4, '18446744073709551615')], hard),
  ).toEqual({
    limits: ['7:20000:20000', '4:18446744073709551615:18446744073709551615'],
    remarks: ["LimitNOFILE=65536 is above this machine's hard limit and becomes 20000"],
  });
  expect(withinHardLimits([limit('LimitNOFILE', 7, '4096')], hard)).toEqual({ limits: ['7:4096:4096'], remarks: [] });
});
