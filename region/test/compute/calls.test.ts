import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts, openYard, type Yard } from './yard.ts';

const region = 'ap-northeast-2';
let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one', 'two']);
  await yard.services('one');
  await yard.launch({ id: 'i-calls', network: 'one' });
  await yard.launch({ id: 'i-alone', network: 'two' });
  const names = ['secretsmanager', 'ssm', 'sts', 'cloudformation', 's3', 'assets.s3', 'uploads.s3', 'forbidden.s3'];
  await inside(`echo 127.0.0.1 ${names.map((name) => `${name}.${region}.amazonaws.com`).join(' ')} >>/etc/hosts`);
});
afterAll(() => yard[Symbol.asyncDispose]());

async function inside(script: string, id = 'i-calls') {
  const { code, out, err } = await yard.exec(id, ['bash', '-c', script]);
  return { code, out: out.trim(), err: err.trim() };
}

describe('the aws stand-in, signed with the instance’s role', () => {
  test('copies objects both ways, by file and by pipe', async () => {
    expect(await inside("cd /root && aws s3 cp 's3://assets/a/b c.tar.gz' . && cat 'b c.tar.gz'")).toMatchObject({
      code: 0,
      out: 'download: s3://assets/a/b c.tar.gz to ./b c.tar.gz\nthe bundle',
    });
    expect(await inside(`aws s3 cp 's3://assets/a/b c.tar.gz' - --region ${region}`)).toMatchObject({
      out: 'the bundle',
    });
    expect(
      await inside('echo up | aws s3 cp - s3://uploads/x/y.txt && aws s3 cp s3://uploads/x/y.txt -'),
    ).toMatchObject({ out: 'up' });
  });

  test('reads secrets, parameters and who it is', async () => {
    expect(
      await inside('aws secretsmanager get-secret-value --secret-id database --query SecretString --output text'),
    ).toEqual({
      code: 0,
      out: '{"username":"arcade"}',
      err: '',
    });
    expect(await inside('aws ssm get-parameter --name /app/level --query Parameter.Value --output text')).toMatchObject(
      { out: 'info' },
    );
    expect(await inside('aws --region ap-northeast-2 sts get-caller-identity --query Arn --output text')).toMatchObject(
      {
        out: 'arn:aws:sts::000000000000:assumed-role/app/i-calls',
      },
    );
  });

  test.each([
    ['aws s3 cp s3://forbidden/key -', 1, /AccessDenied|NoSuchBucket|not authorized/],
    ['aws s3 cp s3://assets/absent -', 1, /An error occurred \(.*\) when calling the GetObject operation/],
    [
      'aws secretsmanager get-secret-value --secret-id none',
      254,
      /ResourceNotFoundException\) when calling the GetSecretValue/,
    ],
    ['aws s3 cp s3://assets/a/b --frobnicate x', 252, /--frobnicate is not carried out/],
    ['aws ec2 describe-instances', 252, /not carried out in a rehearsal/],
    ["aws sts get-caller-identity --query 'keys(@)'", 252, /only names and indexes/],
  ])('%s ends with %i', async (command, code, said) => {
    const result = await inside(command);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(said);
  });

  test('finds no credentials where there is no role', async () => {
    expect(await inside(`aws s3 cp s3://assets/a . --region ${region}`, 'i-alone')).toMatchObject({
      code: 253,
      err: expect.stringContaining('Unable to locate credentials'),
    });
  });
});

test('cfn-signal tells the stack of success and failure', async () => {
  const signal = (code: number) =>
    inside(`/opt/aws/bin/cfn-signal --exit-code ${code} --stack Service --resource Was --region ${region}`);
  expect(await signal(0)).toMatchObject({ code: 0, err: '' });
  expect(await signal(3)).toMatchObject({ code: 0 });
  const signals = (await yard.calls()).filter((event) => event.kind === 'signal');
  expect(signals).toMatchObject([
    { logicalId: 'Was', uniqueId: 'i-calls', status: 'SUCCESS' },
    { logicalId: 'Was', uniqueId: 'i-calls', status: 'FAILURE' },
  ]);
  expect((await inside('/opt/aws/bin/cfn-signal --frobnicate')).err).toMatch(/not carried out/);
});

describe('the helper scripts of CloudFormation, without credentials', () => {
  const init = (more = '', stack = 'Service', resource = 'Was') =>
    inside(`/opt/aws/bin/cfn-init -v --stack ${stack} --resource ${resource} --region ${region} ${more}`);

  test('cfn-init carries out what the resource’s metadata says, in order', async () => {
    expect(await init()).toMatchObject({ code: 0 });
    expect(await inside('cat /root/commands /etc/site.json')).toMatchObject({
      out: expect.stringMatching(/first\nthe second\n\{"port":80\}$/),
    });
    expect(
      await inside(
        'stat -c "%U %G %a" /usr/share/nginx/html/index.html; systemctl is-enabled site; systemctl is-active site',
      ),
    ).toMatchObject({
      out: `${accounts === 'many' ? 'site web' : 'root root'} 640\nenabled\nactive`,
    });
    expect(await inside('cat /usr/share/nginx/html/index.html')).toMatchObject({ out: 'made by cfn-init & co <1>' });
    expect(await inside('tail -1 /var/log/cfn-init.log; grep -c "Command 0" /var/log/cfn-init-cmd.log')).toMatchObject({
      out: expect.stringMatching(/\[INFO\] -+Build complete-+\n3$/),
    });
  });

  test('cfn-init fetches from S3 with the role that the metadata names, which has to be the instance’s', async () => {
    expect(await inside('cat /root/bundle')).toMatchObject({ out: 'the bundle' });
    expect(await init('-c far')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Error occurred during build: .*the role other: it is not the instance/),
    });
  });

  test('cfn-init ends with 1 where a command fails, and says why', async () => {
    expect(await init('-c wrong')).toMatchObject({
      code: 1,
      err: 'Error occurred during build: Command 01 failed\n  (exit code 4: it cannot be)',
    });
    expect(await init('-c absent')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no ConfigSet named absent exists'),
    });
    expect(await init('', 'Other', 'Db')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/belongs to Service/),
    });
  });

  test('cfn-get-metadata reads the metadata, and cfn-hup runs a hook for it', async () => {
    const read = (more: string) => inside(`/opt/aws/bin/cfn-get-metadata -s Service -r Was --region ${region} ${more}`);
    expect(await read('-k AWS::CloudFormation::Init.configSets.wrong')).toMatchObject({ out: '[\n    "odd"\n]' });
    expect(await read('-k none')).toMatchObject({ code: 1, err: 'Error: none is not present in the metadata for Was' });
    expect(await inside('systemctl is-active cfn-hup; until [ -s /root/hook ]; do sleep 0.05; done')).toMatchObject({
      out: 'active',
    });
    expect((await inside('cat /root/hook')).out).toMatch(/^\{"default":\["install"/);
  });
});

test('ec2-metadata tells of the instance', async () => {
  expect(await inside('ec2-metadata --instance-id -z; ec2-metadata --quiet -i')).toMatchObject({
    out: `instance-id: i-calls\nplacement: ${region}a\ni-calls`,
  });
  expect((await inside('ec2-metadata --frobnicate')).err).toMatch(/not carried out/);
});

describe('curl, where the host has none', () => {
  beforeAll(async () => {
    await inside('ln -s /usr/lib/terrace/calls.cjs /root/curl');
    await inside(`cat >/root/server.mjs <<'END'
import { createServer } from 'node:http';
let failures = 2;
createServer((request, response) => {
  let body = '';
  request.on('data', (more) => { body += more; }).on('end', () => {
    if (request.url === '/flaky' && failures-- > 0) response.statusCode = 503;
    if (request.url === '/moved') { response.statusCode = 302; response.setHeader('location', '/there'); }
    response.end(JSON.stringify([request.method, request.url, request.headers['x-a'] ?? '', body]));
  });
}).listen(8080);
END
node /root/server.mjs >/dev/null 2>&1 & for attempt in $(seq 1200); do (echo >/dev/tcp/127.0.0.1/8080) 2>/dev/null && break; sleep 0.05; done`);
  });

  test.each([
    ['/root/curl -s -H "X-A: yes" http://127.0.0.1:8080/x', 0, '["GET","/x","yes",""]'],
    ['/root/curl -sS -X PUT -d one http://127.0.0.1:8080/', 0, '["PUT","/","","one"]'],
    ['/root/curl -sfL 127.0.0.1:8080/moved', 0, '["GET","/there","",""]'],
    ['/root/curl -s -o /root/file http://127.0.0.1:8080/f && cat /root/file', 0, '["GET","/f","",""]'],
    ['/root/curl -s -o /dev/null -w "%{http_code}" http://127.0.0.1:8080/moved', 0, '302'],
    [
      '/root/curl --silent --show-error --fail --retry 5 --retry-delay 0 --retry-connrefused http://127.0.0.1:8080/flaky',
      0,
      '["GET","/flaky","",""]',
    ],
    ['/root/curl -s http://127.0.0.1:9', 7, ''],
    ['/root/curl -s http://no-such-name.internal/', 6, ''],
    ['/root/curl -s --frobnicate http://127.0.0.1:8080/', 2, ''],
  ])('%s', async (command, code, out) => {
    expect(await inside(command)).toMatchObject({ code, out });
  });

  test('trusts the region’s authority and nobody else', async () => {
    expect(
      await inside(`/root/curl -s -o /dev/null -w '%{http_code}' https://s3.${region}.amazonaws.com/`),
    ).toMatchObject({ code: 0 });
    expect(await inside(`curl -s -o /dev/null -w '%{http_code}' https://s3.${region}.amazonaws.com/`)).toMatchObject({
      code: 0,
    });
    const distrusting = `env -u NODE_EXTRA_CA_CERTS /root/curl -s https://s3.${region}.amazonaws.com/`;
    expect(await inside(distrusting)).toMatchObject({ code: 60 });
  });
});
