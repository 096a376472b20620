import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { openYard } from './yard.ts';

/** Process numbers of this machine whose command line has the text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

const busy = (mark: string) =>
  `#!/bin/bash\n(exec -a ${mark} sleep 1000) &\nsetsid bash -c 'exec -a ${mark} sleep 1000' &\n`;

test('instances end with the process that holds them, however it ends', async () => {
  const mark = `sleeper-${process.pid}-a`;
  const yard = await openYard();
  const mounts = readFileSync('/proc/self/mounts', 'utf8');
  await yard.namespaces(['one']);
  await yard.launch({ id: 'i-1', network: 'one', userData: busy(mark) });
  await yard.userData('i-1');
  await vi.waitFor(() => expect(processesWith(mark)).toHaveLength(2), 60_000);
  process.kill(yard.processId, 'SIGKILL');
  await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), 60_000);
  expect(readFileSync('/proc/self/mounts', 'utf8')).toBe(mounts);
  await yard[Symbol.asyncDispose]();
});

test('the end of the launcher stops its instances, which can be started again', async () => {
  const mark = `sleeper-${process.pid}-b`;
  await using yard = await openYard();
  await yard.namespaces(['one', 'two']);
  await yard.launch({ id: 'i-1', network: 'one', userData: `${busy(mark)}echo kept >/root/kept\n` });
  await yard.userData('i-1');
  await yard.killLauncher();
  await vi.waitFor(async () => expect(await yard.state('i-1')).toBe('stopped'), 60_000);
  await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), 60_000);
  expect(await yard.events()).toContainEqual(
    expect.objectContaining({ kind: 'state', state: 'stopped', reason: expect.stringMatching(/process 1/) }),
  );
  await yard.start('i-1');
  expect((await yard.exec('i-1', ['cat', '/root/kept'])).out).toBe('kept\n');
  await yard.launch({ id: 'i-2', network: 'two' });
  await yard.terminate('i-1');
});

test('an instance that loses power stops nothing in order, and boots again', async () => {
  await using yard = await openYard();
  await yard.namespaces(['one']);
  const unit =
    '[Service]\\nExecStart=/bin/sleep 700\\nExecStop=/bin/touch /root/stopped\\n[Install]\\nWantedBy=multi-user.target\\n';
  await yard.launch({
    id: 'i-1',
    network: 'one',
    userData: `#!/bin/bash\nprintf '${unit}' >/etc/systemd/system/app.service\nsystemctl enable --now app\n`,
  });
  expect(await yard.userData('i-1')).toMatchObject({ outcome: 'succeeded' });
  await yard.powerOff('i-1');
  expect(await yard.state('i-1')).toBe('stopped');
  await yard.start('i-1');
  expect((await yard.exec('i-1', ['bash', '-c', 'ls /root/stopped; systemctl is-active app'])).out).toBe('active\n');
  await yard.stop('i-1');
  await yard.start('i-1');
  expect((await yard.exec('i-1', ['ls', '/root/stopped'])).code).toBe(0);
});

test('a launch that cannot be is told why, and leaves nothing', async () => {
  await using yard = await openYard();
  await yard.namespaces(['one']);
  await expect(yard.launch({ id: 'i-1', network: 'nowhere' })).rejects.toThrow('/run/netns/nowhere: No such file');
  await yard.launch({ id: 'i-1', network: 'one' });
  await expect(yard.launch({ id: 'i-1', network: 'one' })).rejects.toThrow('i-1 is there already');
  await yard.terminate('i-1');
  expect(await yard.run(['sh', '-c', 'grep -c compute/instances /proc/self/mounts || true'])).toBe('0\n');
});

test('one that dies while it is being ended has ended, and its place is free', async () => {
  const mark = `sleeper-${process.pid}-c`;
  await using yard = await openYard();
  await yard.namespaces(['one']);
  const unit = `[Service]\\nTimeoutStopSec=900\\nExecStart=/bin/sleep 800\\nExecStop=/bin/bash -c "exec -a ${mark} sleep 800"\\n`;
  const userData = `#!/bin/bash\nprintf '${unit}' >/etc/systemd/system/slow.service\nsystemctl start slow\n`;
  await yard.launch({ id: 'i-1', network: 'one', userData });
  expect(await yard.userData('i-1')).toMatchObject({ outcome: 'succeeded' });
  const ended = yard.terminate('i-1');
  await vi.waitFor(() => expect(processesWith(mark)).toHaveLength(1), 60_000);
  await yard.killLauncher();
  await ended;
  expect(await yard.state('i-1')).toBe('terminated');
  await yard.launch({ id: 'i-1', network: 'one' });
});
