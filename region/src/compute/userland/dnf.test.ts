import { describe, expect, test } from 'vitest';
import { PackagesNotFetched } from '../../host/package-store.ts';
import type { Connection } from '../connection.ts';
import { asked, FileSystem } from '../machine.fixture.ts';
import { Troubles } from '../trouble.ts';
import { dnf } from './dnf.ts';
import { withNeeds } from './lay.ts';
import { findPackage, packageNames } from './packages.ts';
import { amazonLinux2023 } from './repository.ts';

const accounts = { '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n', '/etc/group': 'root:x:0:\n' };
const programs = new Set(['nginx', 'node', 'tar']);

async function run(
  line: string,
  options: {
    uid?: number;
    ipv6?: boolean;
    accounts?: 'one' | 'many';
    guest?: FileSystem;
    connection?: Connection;
    troubles?: Troubles;
    fetch?: (packages: readonly string[]) => Promise<string>;
  } = {},
) {
  const troubles = options.troubles ?? new Troubles();
  const guest = options.guest ?? new FileSystem(accounts);
  const question = asked(line, options.uid);
  const code = await dnf(
    {
      guest,
      accounts: options.accounts ?? 'many',
      ipv6: options.ipv6 ?? true,
      hasProgram: (name) => programs.has(name),
      fetch: options.fetch ?? (async ([name]) => `${name}-0`),
      repository: amazonLinux2023('ap-northeast-2'),
      connect: async () => options.connection ?? { outcome: 'connected', address: '198.19.1.1' },
      troubles,
    },
    question,
  );
  return { code, guest, out: question.out, err: question.err, troubles };
}

describe('dnf', () => {
  test('lays nginx down as Amazon Linux has it: configuration, unit and account', async () => {
    const { code, guest, out } = await run('dnf install -y nginx');
    expect(code).toBe(0);
    expect(out).toMatch(/Installed: nginx\nComplete!/);
    expect(guest.files.get('/etc/nginx/nginx.conf')).toContain('include /etc/nginx/conf.d/*.conf;');
    expect(guest.files.get('/usr/lib/systemd/system/nginx.service')).toContain('PIDFile=/run/nginx.pid');
    expect(guest.files.get('/etc/passwd')).toContain('nginx:*:992:992:');
    const again = await run('yum -y install nginx', { guest });
    expect(again.out).toMatch(/already installed/);
    expect(guest.files.get('/etc/passwd')?.match(/nginx:\*/g)).toHaveLength(1);
  });

  test('gives every account the one number there is', async () => {
    const { guest } = await run('dnf install -y nginx', { accounts: 'one' });
    expect(guest.files.get('/etc/passwd')).toContain('nginx:*:0:0:');
  });

  test('has nginx listen by IPv6 where the kernel knows it', async () => {
    expect((await run('dnf -y install nginx')).guest.files.get('/etc/nginx/nginx.conf')).toContain(
      'listen       [::]:80',
    );
    expect((await run('dnf -y install nginx', { ipv6: false })).guest.files.get('/etc/nginx/nginx.conf')).not.toContain(
      '[::]',
    );
  });

  test.each([
    ['dnf install -y nodejs20 tar aws-cfn-bootstrap', 0],
    ['dnf install -y nodejs-20.12.2-1.amzn2023 tar.x86_64', 0],
    ['dnf -y update', 0],
    ['dnf clean all', 0],
    ['dnf install -y', 1],
    ['dnf install -y gcc', 1],
    ['dnf install -y leftpad', 1],
    ['dnf install -y @development', 1],
    ['dnf remove -y nginx', 1],
    ['dnf install -y nginx --enablerepo=x', 1],
  ])('%s ends with %i', async (line, code) => {
    expect((await run(line)).code).toBe(code);
  });

  test('installs all or nothing, and names each package that is not to be had', async () => {
    const { code, err, guest } = await run('dnf install -y nginx gcc leftpad');
    expect(code).toBe(1);
    expect(err).toMatch(/gcc: its program gcc is not on this machine/);
    expect(err).toMatch(/leftpad: not in the table of packages/);
    expect(guest.files.has('/etc/nginx/nginx.conf')).toBe(false);
  });

  test('lays httpd down: links to the store, configuration, unit, page’s folder, account', async () => {
    const { code, guest, out } = await run('dnf install -y httpd php-mysqlnd');
    expect(code).toBe(0);
    expect(out).toMatch(/Installed: httpd\nInstalled: php-mysqlnd/);
    expect(guest.files.get('/etc/httpd/conf/httpd.conf')).toContain('DocumentRoot "/var/www/html"');
    expect(guest.files.get('/usr/lib/systemd/system/httpd.service')).toContain('WantedBy=multi-user.target');
    expect(guest.files.get('/usr/lib/systemd/system/php-fpm.service')).toContain('ExecStart=/usr/sbin/php-fpm');
    expect(guest.files.get('/etc/passwd')).toMatch(/apache:\*:48:48:/);
    expect(guest.started.filter((line) => line.includes('lay.pl'))).toEqual([
      '/usr/lib/terrace/lay.pl /usr/lib/terrace/packages/apache2-bin-0 /usr /etc/mime.types',
      '/usr/lib/terrace/lay.pl /usr/lib/terrace/packages/php-fpm-0 /usr',
      '/usr/lib/terrace/lay.pl /usr/lib/terrace/packages/php-mysql-0 /usr',
    ]);
  });

  test('says why this machine could not fetch a package, and installs nothing of it', async () => {
    const fetch = async () => {
      throw new PackagesNotFetched('apt-get ended with 100: E: Unable to locate package');
    };
    const { code, err, guest, troubles } = await run('dnf install -y htop', { fetch });
    expect(code).toBe(1);
    expect(err).toMatch(/htop: this machine could not fetch it: apt-get ended with 100.*sudo apt-get update/s);
    expect(guest.files.has('/var/lib/terrace/packages')).toBe(false);
    expect(troubles.end()).toMatchObject([{ kind: 'install', command: 'dnf install -y htop' }]);
  });

  test('knows packages that others need, and names with versions', () => {
    for (const name of packageNames()) expect(withNeeds(findPackage(name)!).at(-1), name).toBe(findPackage(name));
    expect(findPackage('java-17-amazon-corretto-headless')?.debian?.[0]).toBe('openjdk-17-jre-headless');
    expect(findPackage('php8.2-mysqlnd')?.debian).toEqual(['php-mysql']);
    expect(findPackage('postgresql15')?.debian).toEqual(['postgresql-client']);
    expect(findPackage('nodejs20-npm')?.debian).toEqual(['npm']);
    expect(findPackage('php8.2-frobnicate')).toBeUndefined();
  });

  test('is for root', async () => {
    expect(await run('dnf install -y nginx', { uid: 1000 })).toMatchObject({
      code: 1,
      err: expect.stringContaining('superuser'),
    });
  });

  const host = 'al2023-repos-ap-northeast-2-de612dc2.s3.dualstack.ap-northeast-2.amazonaws.com';

  test.each<[Connection['outcome'], string]>([
    ['timed-out', 'Curl error (28): Timeout was reached for https://'],
    ['no-name', "Curl error (6): Couldn't resolve host name for https://"],
    ['no-resolver', `[Could not resolve host: ${host}]`],
    ['refused', "Curl error (7): Couldn't connect to server for https://"],
    ['unreachable', `[Failed to connect to ${host} port 443: No route to host]`],
  ])('fails as on AWS where the connection to the repository is %s', async (outcome, message) => {
    const connection = { outcome, address: outcome.startsWith('no-') ? null : '198.19.1.1' };
    const { code, err, guest, troubles } = await run('dnf install -y nginx', { connection });
    expect(code).toBe(1);
    expect(err).toContain("Errors during downloading metadata for repository 'amazonlinux':");
    expect(err).toContain(
      "Error: Failed to download metadata for repo 'amazonlinux': Cannot prepare internal mirrorlist: ",
    );
    expect(err).toContain(message);
    expect(guest.files.has('/etc/nginx/nginx.conf')).toBe(false);
    expect(troubles.end()).toMatchObject([
      { kind: 'install', command: 'dnf install -y nginx', unreached: { host, port: 443, ...connection } },
    ]);
  });

  test.each([
    ['dnf -y update', 1],
    ['dnf makecache', 1],
    ['yum check-update', 1],
    ['dnf install -y aws-cli', 1],
    ['dnf clean all', 0],
    ['dnf list installed', 1],
  ])('%s ends with %i without a way to the repository', async (line, code) => {
    expect((await run(line, { connection: { outcome: 'timed-out', address: '198.19.1.1' } })).code).toBe(code);
  });

  test('notes what it refused, until the same command succeeds', async () => {
    const troubles = new Troubles();
    const connection = { outcome: 'timed-out', address: '198.19.1.1' } as const;
    await run('dnf install -y nginx', { connection, troubles });
    await run('dnf install -y leftpad', { troubles });
    await run('dnf install -y nginx', { troubles });
    expect(troubles.end().map(({ command }) => command)).toEqual(['dnf install -y leftpad']);
  });
});
