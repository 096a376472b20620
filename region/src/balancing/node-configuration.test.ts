import { expect, test } from 'vitest';
import { stateToTakeOver } from './node-configuration.ts';

test('a new process is not told of servers that were taken out: one that is back would stay out', () => {
  const header = '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight';
  const serving = '3 b 1 one 10.0.1.5 2 0 1';
  const taken = '3 b 2 two 10.0.1.6 0 1 1';
  expect(stateToTakeOver(['1', header, serving, taken, ''].join('\n'))).toBe(['1', header, serving, ''].join('\n'));
});
