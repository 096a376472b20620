import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts, openYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one', 'two']);
});
afterAll(() => yard[Symbol.asyncDispose]());

async function shell(id: string, script: string): Promise<string> {
  const { out, err, code } = await yard.exec(id, ['bash', '-c', script]);
  return code === 0 ? out.trim() : `${out}${err}(exit ${code})`.trim();
}

const classic = `#!/bin/bash
yum install -y httpd php php-mysqlnd mariadb105 jq git
echo '<?php echo "hello from ", PHP_SAPI, " ", extension_loaded("mysqli") ? "with" : "without", " mysqli";' >/var/www/html/index.php
echo 'a page' >/var/www/html/page.html
systemctl enable --now httpd
for attempt in $(seq 100); do curl -sf http://127.0.0.1/ && break; sleep 0.1; done
`;

describe('packages of Amazon Linux', () => {
  // Apache refuses to serve as uid 0, which is every account's where there is one only.
  test.runIf(accounts === 'many')(
    'httpd, PHP and clients serve a classic page, and the store is read-only',
    async () => {
      await yard.launch({ id: 'i-classic', network: 'one', userData: classic });
      const result = await yard.userData('i-classic');
      const said = JSON.stringify((await yard.journal('i-classic')).map(({ text }) => text));
      expect(result, said).toMatchObject({ outcome: 'succeeded', troubles: [] });
      expect(await shell('i-classic', 'curl -s http://127.0.0.1/page.html; curl -s http://127.0.0.1/'), said).toBe(
        'a page\nhello from fpm-fcgi with mysqli',
      );
      expect(
        await shell('i-classic', 'echo "{\\"a\\":[1,2]}" | jq -c .a; git --version; mysql --version; httpd -v'),
      ).toMatch(/^\[1,2\]\ngit version .*\nmysql .*\nServer version: Apache/s);
      expect(await shell('i-classic', 'systemctl is-active httpd php-fpm; systemctl is-enabled httpd')).toBe(
        'active\nactive\nenabled',
      );
      expect(await shell('i-classic', 'ps -o user= -C apache2 | sort | uniq | xargs')).toBe('apache root');
      const attempts = `store=$(readlink -f /usr/bin/jq)
for try in "touch \${store%/*}/new" "chmod 4755 $store" "chown 1000 $store" "rm $store" "mount -o remount,rw /usr/lib/terrace/packages"; do
  $try 2>/dev/null && echo "$try worked"
done; find /usr/lib/terrace/packages -perm /6000 | head -3; grep -c 'terrace/packages ro,nosuid' /proc/self/mountinfo`;
      expect(await shell('i-classic', attempts)).toBe('1');
      await yard.terminate('i-classic');
    },
  );

  test('fail as on AWS without a way to the repository, whatever the store has', async () => {
    await yard.launch({
      id: 'i-cut',
      network: 'two',
      repository: 'repository.invalid',
      userData: '#!/bin/bash\ndnf install -y jq\necho ended\n',
    });
    const { outcome, troubles } = await yard.userData('i-cut');
    expect(outcome).toBe('succeeded');
    expect(troubles).toMatchObject([
      { kind: 'install', command: 'dnf install -y jq', unreached: { host: 'repository.invalid', address: null } },
    ]);
    const log = (await yard.journal('i-cut')).map(({ text }) => text).join('\n');
    expect(log).toMatch(/Curl error \(6\): Couldn't resolve host name.*ended/s);
    await yard.terminate('i-cut');
  });
});

describe('images', () => {
  test('of Ubuntu have its user, release, apt and Debian’s layout, and services start when installed', async () => {
    const userData = `#!/bin/bash
id -un ubuntu; ls -d /home/*; grep ^ID= /etc/os-release; type -p dnf yum
apt-get install -y jq && echo early
apt-get update -y
DEBIAN_FRONTEND=noninteractive apt-get install -y nginx jq
curl -s -o /dev/null -w 'page %{http_code}\\n' http://127.0.0.1/
apt install -y no-such-package
`;
    await yard.launch({ id: 'i-ubuntu', network: 'one', userland: 'ubuntu-22.04', userData });
    const { troubles } = await yard.userData('i-ubuntu');
    const log = (await yard.journal('i-ubuntu', 'cloud-final.service')).map(({ text }) => text);
    // Where there is one number for all users, its first name is root's.
    const name = accounts === 'many' ? 'ubuntu' : 'root';
    expect(log.slice(0, 3), log.join('\n')).toEqual([name, '/home/ubuntu', 'ID=ubuntu']);
    expect(log, log.join('\n')).toContain('page 200');
    expect(log).not.toContain('early');
    expect(troubles.map(({ command, cause }) => [command, cause.en])).toEqual([
      ['apt-get install -y jq', expect.stringContaining('no lists of packages before apt-get update')],
      ['apt install -y no-such-package', expect.stringContaining('E: Unable to locate package no-such-package')],
    ]);
    expect(
      await shell(
        'i-ubuntu',
        'systemctl is-active nginx; readlink /etc/nginx/sites-enabled/default; echo 1 | jq .; update-rc.d nginx disable 2>/dev/null; systemctl is-enabled nginx || true',
      ),
    ).toBe('active\n/etc/nginx/sites-available/default\n1\ndisabled');
    await yard.terminate('i-ubuntu');
  });

  test.runIf(accounts === 'many')(
    'of Amazon Linux 2 have its version, extras, service, chkconfig and passwd --stdin',
    async () => {
      const userData = `#!/bin/bash
grep ^VERSION= /etc/os-release; type -p dnf apt-get docker
echo secret | passwd --stdin ec2-user
amazon-linux-extras install -y nginx1
service nginx start
chkconfig nginx on
curl -s -o /dev/null -w 'page %{http_code}\\n' http://127.0.0.1/
`;
      await yard.launch({ id: 'i-two', network: 'one', userland: 'amazon-linux-2', userData });
      const { troubles } = await yard.userData('i-two');
      const log = (await yard.journal('i-two', 'cloud-final.service')).map(({ text }) => text);
      expect(troubles, log.join('\n')).toEqual([]);
      expect(log[0]).toBe('VERSION="2"');
      expect(log).toContain('passwd: all authentication tokens updated successfully.');
      expect(log).toContain('page 200');
      expect(await shell('i-two', 'systemctl is-enabled nginx; cat /etc/system-release; ls -d /home/*')).toMatch(
        /^enabled\nAmazon Linux release 2 .*\n\/home\/ec2-user$/s,
      );
      await yard.terminate('i-two');
    },
  );
});

describe('cloud-init', () => {
  const many = accounts === 'many';
  const archive = `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config

#cloud-config
bootcmd: [echo boot >>/root/boots]
write_files:
- {path: /etc/app/site.conf, content: "port=80\\n", permissions: '0640'}
- {path: /root/late, content: late, defer: true}
users: [default, {name: ann, groups: web, sudo: ALL=(ALL) NOPASSWD:ALL, ssh_authorized_keys: [ssh-rsa AAAA]}]
groups: [web]
hostname: shop
timezone: Asia/Seoul
packages: [jq]
runcmd:
- cat /etc/app/site.conf
- [sh, -c, 'echo "{\\"a\\":1}" | jq .a']
- echo "$(hostname) $(date +%Z) $(stat -c '%a' /etc/app/site.conf) $(cat /root/late)"
- sudo -u ann cat /home/ann/.ssh/authorized_keys
mystery: 1
--//
Content-Type: text/x-shellscript
Content-Disposition: attachment; filename="b-second"

#!/bin/bash
echo second >>/root/order
--//
Content-Type: text/x-shellscript
Content-Disposition: attachment; filename="a-first"

#!/bin/bash
echo first >>/root/order
mkdir -p /var/lib/cloud/scripts/per-boot
printf '#!/bin/sh\\necho per-boot >>/root/boots\\n' >/var/lib/cloud/scripts/per-boot/own
chmod +x /var/lib/cloud/scripts/per-boot/own
cloud-init-per once mark sh -c 'echo once >>/root/order'
cloud-init-per once mark sh -c 'echo once >>/root/order'
--//--
`;

  test('carries out a cloud-config and scripts, once; and what belongs to every boot again', async () => {
    await yard.launch({ id: 'i-config', network: 'one', userData: archive });
    const { outcome, parts } = await yard.userData('i-config');
    const log = (await yard.journal('i-config', 'cloud-final.service')).map(({ text }) => text);
    expect({ outcome, troubles: parts.filter(({ exitCode }) => exitCode !== 0) }, log.join('\n')).toEqual({
      outcome: 'succeeded',
      troubles: [],
    });
    expect(log.join('\n')).toMatch(/'mystery' was unexpected/);
    expect(log.slice(-4)).toEqual(['port=80', '1', 'shop KST 640 late', 'ssh-rsa AAAA']);
    expect(await shell('i-config', 'type -p update-rc.d || echo none')).toBe('none');
    expect(await shell('i-config', 'cat /root/order /root/boots; cloud-init status --wait')).toBe(
      'first\nonce\nsecond\nboot\nstatus: done',
    );
    expect(await shell('i-config', 'grep -c "ran successfully" /var/log/cloud-init.log')).toBe('11');
    if (many) expect(await shell('i-config', 'id -nG ann; cat /etc/sudoers.d/*')).toMatch(/web\nann ALL/);
    await yard.stop('i-config');
    await yard.start('i-config');
    expect(
      await shell('i-config', 'until grep -q per-boot /root/boots; do sleep 0.05; done; cat /root/boots /root/order'),
    ).toBe('boot\nboot\nper-boot\nfirst\nonce\nsecond');
    await yard.terminate('i-config');
  });

  test('fails by the name of a module, and goes on', async () => {
    const userData = `#cloud-config
write_files: [{path: /root/a, owner: nobody-knows, content: x}]
packages: [no-such-package]
power_state: {mode: reboot}
runcmd: [echo went on]
`;
    await yard.launch({ id: 'i-wrong', network: 'one', userData });
    const { outcome, parts, troubles } = await yard.userData('i-wrong');
    expect(outcome).toBe('failed');
    expect(parts.filter(({ exitCode }) => exitCode !== 0).map(({ name, firstError }) => [name, firstError])).toEqual([
      ['power_state', null],
      ['write_files', expect.stringContaining('nobody-knows')],
      ['package_update_upgrade_install', expect.stringContaining('Unable to find a match')],
    ]);
    expect(troubles).toMatchObject([{ kind: 'install', command: 'dnf -y install no-such-package' }]);
    const log = (await yard.journal('i-wrong', 'cloud-final.service')).map(({ text }) => text);
    expect(log.at(-1)).toBe('went on');
    expect(await shell('i-wrong', 'cloud-init status')).toBe('status: error\n(exit 1)');
    await yard.terminate('i-wrong');
  });
});
