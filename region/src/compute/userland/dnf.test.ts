import { describe, expect, test } from 'vitest';
import { asked, FileSystem } from '../machine.fixture.ts';
import { Troubles } from '../trouble.ts';
import { dnf } from './dnf.ts';
import { amazonLinux2023, type Connection } from './repository.ts';

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
    ['dnf install -y jq', 1],
    ['dnf install -y leftpad', 1],
    ['dnf install -y @development', 1],
    ['dnf remove -y nginx', 1],
    ['dnf install -y nginx --enablerepo=x', 1],
  ])('%s ends with %i', async (line, code) => {
    expect((await run(line)).code).toBe(code);
  });

  test('installs all or nothing, and names each package that is not to be had', async () => {
    const { code, err, guest } = await run('dnf install -y nginx jq leftpad');
    expect(code).toBe(1);
    expect(err).toMatch(/jq: its program jq is not on this machine/);
    expect(err).toMatch(/leftpad: not known to this rehearsal/);
    expect(guest.files.has('/etc/nginx/nginx.conf')).toBe(false);
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
