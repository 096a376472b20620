import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { processTree } from '../instance/process-times.ts';
import { connectionsTo, DatabaseMetrics, type DatabaseReading } from './database-metrics.ts';

const reading: DatabaseReading = {
  id: 'shop',
  instanceClass: 'db.t4g.micro',
  engine: 'postgres',
  vcpus: 2,
  processorTime: 10,
  connections: 3,
  freeStorage: 5e9,
};

function second(changed: Partial<DatabaseReading>): Record<string, unknown> {
  const metrics = new DatabaseMetrics();
  metrics.measure([reading], 0);
  const measured = metrics.measure([{ ...reading, ...changed }], 60_000);
  const own = measured.filter(({ dimensions }) => 'DBInstanceIdentifier' in dimensions);
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

describe('a database is measured', () => {
  test.each([
    ['a quarter of two vCPUs for a minute', { processorTime: 40 }, { CPUUtilization: 25 }],
    ['more than its class has', { processorTime: 1000 }, { CPUUtilization: 100 }],
    ['a server that was started anew', { processorTime: 1 }, { CPUUtilization: undefined }],
    [
      'a class of unknown size',
      { vcpus: null, processorTime: 40 },
      { CPUUtilization: undefined, DatabaseConnections: 3 },
    ],
    ['connections that could not be read', { connections: null }, { DatabaseConnections: undefined }],
    ['storage that nobody stated', { freeStorage: null }, { FreeStorageSpace: undefined }],
  ])('%s', (_case, changed, expected) => {
    const found = second(changed);
    for (const [name, value] of Object.entries(expected)) expect(found[name]).toBe(value);
  });

  test('by itself, its class and its engine', () => {
    const measured = new DatabaseMetrics().measure([reading], 0).filter(({ name }) => name === 'FreeStorageSpace');
    expect(measured.map(({ dimensions }) => dimensions)).toEqual([
      { DBInstanceIdentifier: 'shop' },
      { DatabaseClass: 'db.t4g.micro' },
      { EngineName: 'postgres' },
    ]);
  });
});

test('connections are those of the kernel’s table, without a standby’s', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const clients = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(clients.map((each) => once(each, 'connect')));
  const tables = [readFileSync('/proc/self/net/tcp', 'utf8')];
  expect(connectionsTo(port, new Set(), tables)).toBe(2);
  expect(connectionsTo(port, new Set([0x7f000001]), tables)).toBe(0);
  expect(connectionsTo(port + 1, new Set(), tables)).toBe(0);
  for (const each of clients) each.destroy();
  server.close();
});

test('a process counts with its children', async () => {
  const parent = spawn('sh', [
    '-c',
    'sh -c "i=0; while [ \\$i -lt 300000 ]; do i=\\$((i+1)); done; echo done; sleep 60; true" ; true',
  ]);
  await once(parent.stdout, 'data');
  const tree = processTree(parent.pid!);
  expect(tree!.processes.length).toBeGreaterThan(1);
  expect(tree!.seconds).toBeGreaterThan(0);
  for (const each of [...tree!.processes].reverse()) process.kill(each);
  await once(parent, 'exit');
  expect(processTree(parent.pid!)).toBeNull();
});
