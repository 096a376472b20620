import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { addNamespaces, configure, inNamespace } from '@terrace/region/namespaces/network-namespace';
import type { Chain } from './loopback.ts';

/** Process 1 of the chain on loopback: starts what it is told, and ends with its standard input. */
const [line] = (await once(createInterface({ input: process.stdin }), 'line')) as [string];
const { files, commands } = JSON.parse(line) as Chain;
await addNamespaces(['loopback']);
await configure('loopback', { 'ipv4/ip_unprivileged_port_start': '0' }, ['link set dev lo up']);
for (const [name, text] of Object.entries(files)) writeFileSync(`/run/terrace/${name}`, text);
for (const { words, environment } of commands) {
  const [program, rest] = inNamespace('loopback', words[0]!, ...words.slice(1));
  spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: environment, detached: true });
}
process.stdin.once('close', () => process.exit(0));
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ started: commands.length })}\n`);
