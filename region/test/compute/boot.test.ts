import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts, openYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one', 'two', 'three', 'four', 'five']);
});
afterAll(() => yard[Symbol.asyncDispose]());

/** A name for each instance, so that a failed test leaves the others alone. */
let last = 0;
async function boot(userData: string, options: { network?: string; image?: string } = {}): Promise<string> {
  last += 1;
  const id = `i-${last}`;
  await yard.launch({ id, network: 'one', userData, ...options });
  return id;
}

/** The output of a shell's script in an instance. */
async function shell(id: string, script: string): Promise<string> {
  const { out, err, code } = await yard.exec(id, ['bash', '-c', script]);
  return code === 0 ? out.trim() : `${out}${err}(exit ${code})`.trim();
}

const web = `#!/bin/bash
set -euo pipefail
dnf install -y nginx
echo "served by $(hostname)" >/usr/share/nginx/html/index.html
systemctl enable --now nginx
`;

describe('user data', () => {
  test('boots nginx, which serves its page and is reloaded and stopped by systemctl', async () => {
    const id = await boot(web);
    expect(await yard.userData(id), JSON.stringify(await yard.journal(id))).toMatchObject({ outcome: 'succeeded' });
    expect(await shell(id, 'curl -s http://127.0.0.1/')).toBe(`served by ${id}.internal`);
    expect(await shell(id, 'systemctl is-active nginx; systemctl is-enabled nginx')).toBe('active\nenabled');
    const script = `echo 'server { listen 81; return 200 "second\\n"; }' >/etc/nginx/conf.d/more.conf
      systemctl reload nginx
      for attempt in $(seq 600); do curl -s http://127.0.0.1:81/ && break; sleep 0.1; done
      systemctl stop nginx
      curl -s http://127.0.0.1/ || echo "curl $?"
      systemctl is-active nginx; cat /run/nginx.pid 2>&1`;
    expect(await yard.exec(id, ['bash', '-c', script])).toMatchObject({
      out: expect.stringMatching(/^second\ncurl 7\ninactive\n/),
    });
    await yard.terminate(id);
  });

  test('that fails is reported with its exit status and last lines, and the log is in the instance', async () => {
    const id = await boot('#!/bin/bash\nset -e\necho before\nls /nowhere\necho after\n');
    const result = await yard.userData(id);
    expect(result).toMatchObject({ outcome: 'failed', parts: [{ exitCode: 2 }] });
    expect(result.parts[0]!.lastLines.join('\n')).toMatch(/^before\n.*nowhere.*No such file/);
    expect(await shell(id, 'cat /var/log/cloud-init-output.log')).toMatch(/before\n.*nowhere.*exit status 2/s);
    await yard.terminate(id);
  });

  test('of several parts runs the scripts in order and names what it does not carry out', async () => {
    const id = await boot(`Content-Type: multipart/mixed; boundary="==edge=="
MIME-Version: 1.0

--==edge==
Content-Type: text/x-shellscript; charset="us-ascii"
Content-Disposition: attachment; filename="first.sh"

#!/bin/bash
echo one >>/root/order
--==edge==
Content-Type: text/x-include-url

https://example.com/more.sh
--==edge==
Content-Type: text/x-shellscript
Content-Transfer-Encoding: base64

${Buffer.from('#!/bin/bash\necho two >>/root/order\n').toString('base64')}
--==edge==--
`);
    const { outcome, parts } = await yard.userData(id);
    expect(outcome).toBe('failed');
    expect(parts.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['part-002', null],
      ['first.sh', 0],
      ['part-003', 0],
    ]);
    expect(parts[0]!.lastLines[0]).toContain('text/x-include-url');
    expect(await shell(id, 'cat /root/order')).toBe('one\ntwo');
    await yard.terminate(id);
  });

  test('that goes on after refused steps is reported with each of them, and with none that succeeded later', async () => {
    const id = await boot(`#!/bin/bash
curl -sf http://packages.example.com/secret?key=hidden -o /tmp/x
until curl -sf http://127.0.0.1:9/; do break; done
systemctl enable --now nowhere
printf '[Service]\nExecStart=/bin/false\n' >/etc/systemd/system/weak.service
systemctl start weak
aws s3 cp s3://bucket/key /tmp/x
dnf install -y no-such-package || true
cat >/etc/hosts.new <<'END'
END
curl -sf file:///nowhere || curl -s file:///etc/hosts >/dev/null
for attempt in $(seq 100); do systemctl is-failed -q weak && break; sleep 0.1; done
`);
    const { outcome, troubles } = await yard.userData(id);
    expect(outcome).toBe('succeeded');
    expect(troubles.map(({ kind, command }) => `${kind}: ${command}`)).toEqual([
      'download: curl http://packages.example.com/secret',
      'unit: systemctl enable --now nowhere',
      'aws-call: aws s3 cp s3://bucket/key',
      'install: dnf install -y no-such-package',
      'unit: weak.service',
    ]);
    expect(troubles[0]!.cause.en).toBe('the name did not resolve');
    expect(await shell(id, 'curl -s http://127.0.0.1:9/; echo $?; type -p curl; curl --version | head -c 4')).toBe(
      '7\n/usr/bin/curl\ncurl',
    );
    await yard.terminate(id);
  });

  test('that asks for what no layer has is told which package and why', async () => {
    const id = await boot('#!/bin/bash\ndnf install -y nginx no-such-package https://example.com/x.rpm\n');
    const { parts } = await yard.userData(id);
    expect(parts[0]).toMatchObject({ exitCode: 1 });
    expect(parts[0]!.lastLines.join('\n')).toMatch(/no-such-package: not in the table.*x\.rpm: not in the table/s);
    expect(await shell(id, 'systemctl start nginx')).toMatch(/Unit nginx.service not found.*\(exit 5\)/s);
    await yard.terminate(id);
  });
});

const application = `#!/bin/bash
set -euo pipefail
dnf install -y nodejs20
mkdir -p /opt/app
cat >/opt/app/server.mjs <<'END'
import { createServer } from 'node:http';
import { userInfo } from 'node:os';
createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  response.end(JSON.stringify({ greeting: process.env.GREETING, user: userInfo().username, pid: process.pid }));
}).listen(8080, () => console.log('listening'));
END
echo 'GREETING="hello there"' >/etc/app.env
cat >/etc/systemd/system/app.service <<'END'
[Unit]
Description=An application
After=network-online.target
[Service]
DynamicUser=yes
EnvironmentFile=/etc/app.env
WorkingDirectory=/opt/app
StateDirectory=app
ExecStart=/usr/bin/node server.mjs
Restart=always
RestartSec=100ms
LimitNOFILE=100000000
ProtectHome=yes
Colour=green
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --now app
for attempt in $(seq 600); do curl -sf http://127.0.0.1:8080/ && break; sleep 0.1; done
`;

describe('a service', () => {
  test('runs as a user of its own, with its environment, and comes back when it dies', async () => {
    const id = await boot(application);
    expect(await yard.userData(id), JSON.stringify(await yard.journal(id))).toMatchObject({ outcome: 'succeeded' });
    const before = JSON.parse(await shell(id, 'curl -s http://127.0.0.1:8080/'));
    expect(before).toMatchObject({ greeting: 'hello there' });
    expect(before.user).toBe(accounts === 'many' ? 'app' : 'root');
    await shell(id, 'curl -s http://127.0.0.1:8080/crash');
    const after = JSON.parse(
      await shell(id, 'for attempt in $(seq 600); do curl -sf http://127.0.0.1:8080/ && break; sleep 0.1; done'),
    );
    expect(after.pid).not.toBe(before.pid);
    expect(await shell(id, 'systemctl show app -p NRestarts --value')).toBe('1');
    const journal = (await yard.journal(id, 'app.service')).map(({ text }) => text);
    expect(journal).toContain('listening');
    expect(journal.join('\n')).toMatch(/LimitNOFILE=100000000 is above this machine's hard limit/);
    expect(journal.join('\n')).toMatch(/ProtectHome= is not carried out/);
    expect(journal.join('\n')).toMatch(/unknown key 'Colour' in section \[Service\]/);
    expect(await shell(id, 'journalctl -u app -n 100 --no-pager -o cat')).toContain('listening');
    await yard.terminate(id);
  });

  test('that a stand-in does not know how to treat fails loudly', async () => {
    const id = await boot('#!/bin/bash\ntrue\n');
    await yard.userData(id);
    expect(await shell(id, 'systemctl edit nginx')).toMatch(/'edit' is not carried out.*\(exit 1\)/s);
    expect(await shell(id, 'systemctl start nginx --frobnicate')).toMatch(
      /--frobnicate is not carried out.*\(exit 1\)/s,
    );
    expect(await shell(id, 'dnf --frobnicate install nginx')).toMatch(/--frobnicate is not carried out.*\(exit 1\)/s);
    await shell(id, 'printf "[Service]\\nExecStart=/bin/false\\nType=dbus\\n" >/etc/systemd/system/odd.service');
    expect(await shell(id, 'systemctl start odd')).toMatch(/Type=dbus: not one of simple.*\(exit 1\)/s);
    await shell(id, 'printf "[Timer]\\nOnBootSec=1\\n" >/etc/systemd/system/odd.timer');
    expect(await shell(id, 'systemctl start odd.timer')).toMatch(/units of this kind are not carried out.*\(exit 1\)/s);
    await yard.terminate(id);
  });

  test('answers systemctl to root alone', async () => {
    const id = await boot(web);
    await yard.userData(id);
    const asked = await yard.exec(id, ['systemctl', 'stop', 'nginx'], { user: 'ec2-user' });
    const allowed = accounts === 'one';
    expect(asked.code).toBe(allowed ? 0 : 1);
    expect(asked.err).toMatch(allowed ? /^$/ : /Access denied/);
    await yard.terminate(id);
  });
});

describe('an instance', () => {
  test('keeps its disk and its enabled services over a stop, and does not run user data again', async () => {
    const id = await boot(`${web}echo ran >>/root/runs\n`);
    await yard.userData(id);
    await yard.stop(id);
    expect(await yard.state(id)).toBe('stopped');
    await yard.start(id);
    expect(await shell(id, 'cat /root/runs; curl -s http://127.0.0.1/')).toBe(`ran\nserved by ${id}.internal`);
    await yard.terminate(id);
    expect(await yard.state(id)).toBe('terminated');
    await expect(yard.exec(id, ['true'])).rejects.toThrow('terminated');
  });

  test('becomes an image, from which another boots without installing anything', async () => {
    const baked = await boot(`${web}rm /usr/share/nginx/html/404.html\nrm -r /var/www\nmkdir /var/www\n`);
    await yard.userData(baked);
    await yard.image(baked, 'ami-baked');
    expect(await yard.state(baked)).toBe('running');
    expect(await shell(baked, 'curl -s http://127.0.0.1/')).toBe(`served by ${baked}.internal`);

    const copy = await boot('#!/bin/bash\necho mine >/root/mine\n', { network: 'two', image: 'ami-baked' });
    expect(await yard.userData(copy)).toMatchObject({ outcome: 'succeeded' });
    expect(await shell(copy, 'curl -s http://127.0.0.1/')).toBe(`served by ${baked}.internal`);
    expect(await shell(copy, 'cat /root/mine; ls /usr/share/nginx/html/404.html /var/www 2>&1')).toMatch(
      /mine\n.*No such file/,
    );
    expect(await shell(copy, 'hostname')).toBe(`${copy}.internal`);

    await yard.image(copy, 'ami-second');
    const grandchild = await boot('', { network: 'three', image: 'ami-second' });
    expect(
      await shell(
        grandchild,
        'cat /root/mine; for attempt in $(seq 600); do curl -sf http://127.0.0.1/ && break; sleep 0.1; done',
      ),
    ).toBe(`mine\nserved by ${baked}.internal`);
    for (const id of [baked, copy, grandchild]) await yard.terminate(id);
  });

  test('gives a shell: input, exit status, a terminal', async () => {
    const id = await boot('');
    expect(await yard.exec(id, ['cat'], { input: 'through\n' })).toMatchObject({ code: 0, out: 'through\n' });
    expect(await yard.exec(id, ['bash', '-c', 'echo wrong >&2; exit 7'])).toMatchObject({ code: 7, err: 'wrong\n' });
    expect(await yard.exec(id, ['bash', '-c', 'kill -9 $$'])).toMatchObject({ code: null, signal: 9 });
    const terminal = await yard.exec(id, ['bash', '-c', 'tty; stty size'], { terminal: { rows: 30, columns: 100 } });
    expect(terminal.out).toMatch(/^\/dev\/pts\/\d+\r\n30 100\r\n$/);
    await expect(yard.exec(id, ['no-such-program'])).rejects.toThrow('EXEC no-such-program: No such file');
    await yard.terminate(id);
  });

  test('ends a command whose child goes on writing', async () => {
    const id = await boot('');
    const { code, out } = await yard.exec(id, ['bash', '-c', 'yes & sleep 0.1; echo last >&2; exit 5']);
    expect(code).toBe(5);
    expect(out).toMatch(/^y\ny\n/);
    expect((await yard.exec(id, ['pkill', 'yes'])).code).toBe(0);
    await yard.terminate(id);
  });

  test('that overwhelms its own output does not hold up the others', async () => {
    const id = await boot('');
    const { out } = await yard.exec(id, ['bash', '-c', 'head -c 20000000 /dev/zero | tr "\\0" x']);
    expect(out.length).toBe(20_000_000);
    await yard.terminate(id);
  });

  test('has what scripts for Amazon Linux take for granted: accounts, sudo, its name, its zone, the system log', async () => {
    const id = await boot('');
    const many = accounts === 'many';
    expect(await shell(id, 'useradd -r app && id -un app && getent passwd app | cut -d: -f6-')).toBe(
      `${many ? 'app' : 'root'}\n/home/app:/bin/bash`,
    );
    expect(await shell(id, 'sudo -u ec2-user A=1 bash -c \'echo "$(id -un) $A"\'')).toBe(
      many ? 'ec2-user 1' : 'root 1',
    );
    expect(
      await shell(id, 'su -s /bin/bash app -c "id -un"; su - ec2-user -c "echo \\$HOME"; runuser -u app -- id -un'),
    ).toBe(many ? 'app\n/home/ec2-user\napp' : 'root\n/home/ec2-user\nroot');
    expect(await shell(id, 'sudo --frobnicate true')).toMatch(/--frobnicate is not carried out.*exit 1/s);
    if (many) expect(await shell(id, 'sudo -u ec2-user sudo id')).toMatch(/only root may use it.*exit 1/s);
    expect(await shell(id, 'hostnamectl set-hostname web-1.example.com && hostname && hostnamectl hostname')).toBe(
      'web-1.example.com\nweb-1.example.com',
    );
    expect(await shell(id, 'hostnamectl set-hostname "a b"')).toMatch(/Invalid hostname.*exit 1/s);
    expect(await yard.run(['hostname'])).not.toContain('web-1');
    expect(await shell(id, 'timedatectl set-timezone Asia/Seoul && date +%Z')).toBe('KST');
    expect(await shell(id, 'timedatectl set-timezone Moon/Base')).toMatch(
      /Invalid or not installed time zone.*exit 1/s,
    );
    await shell(id, 'logger -t boot hello there');
    await expect
      .poll(async () => (await yard.journal(id, 'syslog')).map(({ text }) => text))
      .toContain('boot: hello there');
    await yard.terminate(id);
  });
});
