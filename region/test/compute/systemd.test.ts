import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one']);
  await yard.launch({ id: 'i-1', network: 'one' });
});
afterAll(() => yard[Symbol.asyncDispose]());

async function shell(script: string): Promise<string> {
  const { out, err, code } = await yard.exec('i-1', ['bash', '-c', script]);
  return `${out}${err}${code === 0 ? '' : `exit ${code}`}`.trim();
}

/** Writes a unit and starts it; what `systemctl start` said. */
async function start(name: string, ...lines: readonly string[]): Promise<string> {
  const text = `[Service]\n${lines.join('\n')}\n`;
  await yard.exec('i-1', ['tee', `/etc/systemd/system/${name}.service`], { input: text });
  await shell('systemctl daemon-reload');
  return shell(`systemctl start ${name}`);
}

const show = (name: string, property: string) => shell(`systemctl show ${name} -p ${property} --value`);

/** Asks again until the answer is right. */
async function becomes(name: string, property: string, value: string): Promise<void> {
  await expect.poll(() => show(name, property)).toBe(value);
}

const notice = (text: string) =>
  `perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_DGRAM, 0); send($s, "${text}", 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) or die'`;

describe('a service that', () => {
  test('notifies is up when it says so, and its status can be read', async () => {
    await yard.exec('i-1', ['tee', '/opt/notifier'], {
      input: `#!/bin/bash\nsleep 0.3\ntouch /run/ready\n${notice('READY=1\\nSTATUS=at work')}\nexec sleep 100\n`,
    });
    await shell('chmod 755 /opt/notifier');
    expect(await start('notifier', 'Type=notify', 'ExecStart=/opt/notifier')).toBe('');
    expect(await shell('ls /run/ready')).toBe('/run/ready');
    expect(await shell('systemctl status notifier')).toContain('Status: "at work"');
    await shell('systemctl stop notifier');
    expect(await show('notifier', 'ActiveState')).toBe('inactive');
  });

  test('never says that it is ready has failed when its time is over', async () => {
    expect(await start('silent', 'Type=notify', 'TimeoutStartSec=300ms', 'ExecStart=/bin/sleep 100')).toMatch(
      /timeout was exceeded.*exit 1/s,
    );
    expect(await shell('systemctl is-failed silent')).toBe('failed');
    expect(await shell('pgrep -f "[s]leep 100" || echo none')).toBe('none');
  });

  test('does one thing is done when that is, and stays active if it says so', async () => {
    expect(
      await start(
        'once',
        'Type=oneshot',
        'ExecStart=/bin/sh -c "echo one >/run/once"',
        'ExecStart=/bin/sh -c "echo two >>/run/once"',
      ),
    ).toBe('');
    expect(await shell('cat /run/once')).toBe('one\ntwo');
    expect(await show('once', 'ActiveState')).toBe('inactive');
    await start(
      'stays',
      'Type=oneshot',
      'RemainAfterExit=yes',
      'ExecStart=/bin/true',
      'ExecStop=/bin/touch /run/stopped',
    );
    expect(await show('stays', 'ActiveState')).toBe('active');
    expect(await shell('systemctl stop stays; ls /run/stopped')).toBe('/run/stopped');
  });

  test('fails before it starts never starts', async () => {
    const said = await start('hindered', 'ExecStartPre=/bin/false', 'ExecStart=/bin/touch /run/hindered');
    expect(said).toMatch(/Job for hindered.service failed because the control process exited with error code.*exit 1/s);
    expect(await shell('ls /run/hindered 2>/dev/null || echo none')).toBe('none');
    expect(
      await start('forgiven', 'Type=oneshot', 'ExecStartPre=-/bin/false', 'ExecStart=/bin/touch /run/forgiven'),
    ).toBe('');
  });

  test('names a program or a user that is not there is told so', async () => {
    expect(await start('absent', 'ExecStart=/opt/no-such')).toMatch(/exit 1/);
    expect(await start('stranger', 'User=nobody-of-the-name', 'ExecStart=/bin/true')).toMatch(/exit 1/);
    const journal = (await yard.journal('i-1')).map(({ text }) => text).join('\n');
    expect(journal).toContain('EXEC /opt/no-such: No such file or directory');
    expect(journal).toContain('USER nobody-of-the-name: no such user');
  });

  test('leaves a daemon behind is that daemon', async () => {
    const daemon = `/bin/sh -c 'setsid sleep 200 & echo $! >/run/daemon.pid'`;
    expect(
      await start('daemon', 'Type=forking', 'PIDFile=/run/daemon.pid', `ExecStart=${daemon.replaceAll('$!', '$$!')}`),
    ).toBe('');
    expect(await show('daemon', 'MainPID')).toBe(await shell('cat /run/daemon.pid'));
    await shell('kill $(cat /run/daemon.pid)');
    await becomes('daemon', 'ActiveState', 'inactive');
    expect(await start('guessed', 'Type=forking', `ExecStart=/bin/sh -c 'sleep 201 &'`)).toBe('');
    expect(await show('guessed', 'MainPID')).toBe(await shell('pgrep -f "[s]leep 201"'));
    await shell('systemctl stop guessed');
    expect(await shell('pgrep -f "[s]leep 201" || echo none')).toBe('none');
  });
});

describe('restarting', () => {
  test.each([
    ['no', 'exit 1', 'failed', '0'],
    ['on-failure', 'exit 0', 'inactive', '0'],
    ['on-success', 'exit 1', 'failed', '0'],
    ['on-abnormal', 'exit 1', 'failed', '0'],
  ])('with Restart=%s, %s leaves it %s', async (policy, script, state, restarts) => {
    const name = `policy-${policy}`;
    await start(name, `Restart=${policy}`, 'RestartSec=50ms', `ExecStart=/bin/sh -c '${script}'`);
    await becomes(name, 'ActiveState', state);
    expect(await show(name, 'NRestarts')).toBe(restarts);
  });

  test('is given up when it happens too often', async () => {
    await start('hasty', 'Restart=always', 'RestartSec=10ms', 'ExecStart=/bin/false');
    await becomes('hasty', 'Result', 'start-limit-hit');
    expect(await show('hasty', 'NRestarts')).toBe('5');
    expect(await shell('systemctl start hasty')).toMatch(/attempted too often.*exit 1/s);
    await shell('systemctl reset-failed hasty');
    expect(await show('hasty', 'ActiveState')).toBe('inactive');
  });

  test('does not follow a stop', async () => {
    await start('stopped', 'Restart=always', 'RestartSec=10ms', 'ExecStart=/bin/sleep 300');
    await shell('systemctl stop stopped; sleep 0.2');
    expect(await show('stopped', 'ActiveState')).toBe('inactive');
    expect(await shell('pgrep -f "[s]leep 300" || echo none')).toBe('none');
  });
});

describe('stopping', () => {
  test('ends children too, and by force what does not listen', async () => {
    const stubborn = `/bin/bash -c 'trap "" TERM; sleep 400 & touch /run/deaf; while true; do sleep 401; done'`;
    await start('stubborn', 'TimeoutStopSec=300ms', `ExecStart=${stubborn}`);
    await shell('until test -e /run/deaf; do sleep 0.05; done; systemctl stop stubborn');
    expect(await shell('pgrep -f "[s]leep 40[01]" || echo none')).toBe('none');
    expect((await yard.journal('i-1', 'stubborn.service')).map(({ text }) => text).join('\n')).toMatch(
      /Killing process .* SIGKILL/,
    );
  });

  test('finds the children of a service that has a user of its own', async () => {
    const parent = `/bin/bash -c 'trap "" TERM; (trap "" TERM; exec sleep 402) & sleep 403 & exit 0'`;
    await start('foreign', 'User=ec2-user', 'Type=forking', 'TimeoutStopSec=300ms', `ExecStart=${parent}`);
    await expect.poll(() => shell('pgrep -fc "[s]leep 40[23]"')).toBe('2');
    await shell('systemctl stop foreign');
    expect(await shell('pgrep -f "[s]leep 40[23]" || echo none')).toBe('none');
  });

  test('signals as KillSignal= says, and the main process alone where KillMode= says mixed', async () => {
    const polite = `/bin/bash -c 'trap "echo asked >/run/polite; exit 0" USR1; touch /run/listening; while true; do sleep 0.05; done'`;
    await start('polite', 'KillSignal=SIGUSR1', 'KillMode=mixed', `ExecStart=${polite}`);
    await shell('until test -e /run/listening; do sleep 0.05; done; systemctl stop polite');
    expect(await shell('cat /run/polite')).toBe('asked');
    expect(await show('polite', 'Result')).toBe('success');
  });
});

describe('units', () => {
  test('are started in order, with what they require', async () => {
    await shell(`cat >/etc/systemd/system/base.service <<END
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c "echo base >>/run/order"
END
cat >/etc/systemd/system/top.service <<END
[Unit]
Requires=base.service
After=base.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c "echo top >>/run/order"
END
systemctl start top`);
    expect(await shell('cat /run/order')).toBe('base\ntop');
  });

  test('are not started when a condition does not hold', async () => {
    await shell(
      `printf '[Unit]\\nConditionPathExists=/nowhere\\n[Service]\\nExecStart=/bin/touch /run/conditional\\n' >/etc/systemd/system/conditional.service`,
    );
    expect(await shell('systemctl start conditional; ls /run/conditional 2>/dev/null || echo none')).toBe('none');
  });

  test('can be instances of a template, masked, and shown with their drop-ins', async () => {
    await shell(`printf '[Service]\\nExecStart=/bin/sh -c "echo %%i >/run/%%p; exec sleep 500"\\n' >'/etc/systemd/system/color@.service'
mkdir -p '/etc/systemd/system/color@blue.service.d'
printf '[Service]\\nEnvironment=SHADE=dark\\n' >'/etc/systemd/system/color@blue.service.d/shade.conf'
systemctl start color@blue`);
    await expect.poll(() => shell('cat /run/color')).toBe('blue');
    expect(await shell('cat /run/color; systemctl cat color@blue')).toMatch(
      /^blue\n.*color@\.service\n.*shade\.conf\n\[Service\]\nEnvironment=SHADE=dark/s,
    );
    expect(
      await shell('tr "\\0" "\\n" </proc/$(systemctl show color@blue -p MainPID --value)/environ | grep SHADE'),
    ).toBe('SHADE=dark');
    await shell('systemctl stop color@blue');
    expect(await shell('systemctl mask color@')).toMatch(/already exists.*exit 1/s);
    await shell(
      "mkdir -p /usr/lib/systemd/system; printf '[Service]\\nExecStart=/bin/true\\n' >/usr/lib/systemd/system/mine.service",
    );
    expect(await shell('systemctl mask mine; systemctl start mine')).toMatch(/Unit mine.service is masked.*exit 1/s);
    expect(await shell('systemctl unmask mine; systemctl start mine')).toBe('');
  });

  test('write to a file, or nowhere, where they say so', async () => {
    await start('to-file', 'Type=oneshot', 'StandardOutput=append:/var/log/to-file', 'ExecStart=/bin/echo written');
    await start('to-nowhere', 'Type=oneshot', 'StandardOutput=null', 'ExecStart=/bin/echo nowhere');
    expect(await shell('cat /var/log/to-file')).toBe('written');
    expect((await yard.journal('i-1')).filter(({ text }) => ['written', 'nowhere'].includes(text))).toEqual([]);
  });
});
