import { parseAddress } from '@terrace/cloud/address';
import { expect, test } from 'vitest';
import { lacksToSpeakAsClients, speakAsClients } from './client-addresses.ts';

const node = parseAddress('10.0.1.4')!;
const routes = [
  { type: 'local', dst: '127.0.0.0/8', dev: 'lo', table: '4001' },
  { type: 'local', dst: '10.0.1.4', dev: 'eth0', table: '4001' },
  { type: 'local', dst: 'default', dev: 'lo', table: 'local' },
];
const listed = (priorities: readonly number[], those: readonly object[] = routes) => ({
  rules: JSON.stringify(priorities.map((priority) => ({ priority, src: 'all' }))),
  routes: JSON.stringify(those),
});

test.each<[string, readonly number[], readonly object[], string[]]>([
  ['nothing', [1, 2, 32766], routes, []],
  ['a rule', [1, 32766], routes, ['rule priority 2']],
  ['its route', [1, 2], routes.filter(({ dst }) => dst !== '10.0.1.4'), ['route local 10.0.1.4 table 4001']],
  [
    'everything',
    [0, 32766],
    [],
    [
      'rule priority 1',
      'rule priority 2',
      'no rule of priority 0',
      'route local 127.0.0.0/8 table 4001',
      'route local 10.0.1.4 table 4001',
      'route local default table local',
    ],
  ],
])('a node that lacks %s says so', (_what, priorities, those, lacking) => {
  expect(lacksToSpeakAsClients(node, listed(priorities, those)).lacking).toEqual(lacking);
});

test('only rules that are not there are added: the kernel refuses a second one', () => {
  const { priorities } = lacksToSpeakAsClients(node, listed([1, 32766]));
  expect(speakAsClients(node, priorities).filter((command) => command.startsWith('rule'))).toEqual([
    'rule add priority 2 lookup 4001',
  ]);
});
