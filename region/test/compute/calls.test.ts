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
  const names = [
    'secretsmanager',
    'ssm',
    'sts',
    'cloudformation',
    'ec2',
    's3',
    'assets.s3',
    'uploads.s3',
    'forbidden.s3',
  ];
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
    ['aws s3 cp /root/none s3://uploads/x', 255, /The user-provided path \/root\/none does not exist/],
    ['aws s3 cp /root s3://forbidden/x --recursive --exclude "*" --include .bashrc', 0, /^$/],
    ['aws s3 website s3://uploads', 252, /not carried out in a rehearsal/],
    ['aws ec2 run-instances', 252, /'ec2 run-instances' is not carried out in a rehearsal/],
    ['aws ec2 describe-instances --instance-ids i-none', 254, /InvalidInstanceID.NotFound/],
    ['aws ssm get-parameter', 252, /required: --name/],
    ["aws sts get-caller-identity --query 'keys(@'", 252, /Bad value for --query/],
    ['aws sts get-caller-identity --output table', 252, /json and text are/],
    ['aws sts get-caller-identity --profile none', 255, /profile \(none\) could not be found/],
  ])('%s ends with %i', async (command, code, said) => {
    const result = await inside(command);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(said);
  });

  test('copies, synchronizes, lists and removes trees, with filters', async () => {
    const tree = `mkdir -p /root/tree/deep && cd /root/tree && echo one >one.txt && echo two >deep/two.txt && echo no >deep/no.log`;
    expect(await inside(`${tree} && aws s3 sync . s3://uploads/t --exclude '*.log'`)).toMatchObject({
      code: 0,
      out: 'upload: deep/two.txt to s3://uploads/t/deep/two.txt\nupload: ./one.txt to s3://uploads/t/one.txt',
    });
    expect(await inside('cd /root/tree && aws s3 sync . s3://uploads/t --exclude "*.log"; echo end')).toMatchObject({
      out: 'end',
    });
    expect(await inside('aws s3 ls s3://uploads/t/')).toMatchObject({
      out: expect.stringMatching(/^PRE deep\/\n[\d-]{10} [\d:]{8} +4 one.txt$/),
    });
    expect((await inside('aws s3 ls s3://uploads/t --recursive --summarize')).out).toMatch(
      /t\/deep\/two.txt\n.*t\/one.txt\n\nTotal Objects: 2\n +Total Size: 8$/,
    );
    expect(await inside('aws s3 ls s3://uploads/none')).toMatchObject({ code: 1, err: '' });
    expect(
      await inside(
        'aws s3 cp s3://uploads/t/ /root/back --recursive --quiet && cat /root/back/one.txt /root/back/deep/*',
      ),
    ).toMatchObject({ code: 0, out: 'one\ntwo' });
    expect(
      await inside('aws s3 sync s3://uploads/t /root/back; aws s3 mv s3://uploads/t/one.txt s3://uploads/m/'),
    ).toMatchObject({
      out: 'move: s3://uploads/t/one.txt to s3://uploads/m/one.txt',
    });
    expect(await inside('aws s3 sync s3://uploads/t /root/back --delete')).toMatchObject({
      out: 'delete: ../root/back/one.txt'.replace('../', ''),
    });
    expect(await inside('aws s3 rm s3://uploads/ --recursive --exclude "x/*" --dryrun')).toMatchObject({
      out: '(dryrun) delete: s3://uploads/m/one.txt\n(dryrun) delete: s3://uploads/t/deep/two.txt',
    });
    expect(await inside('aws s3 rm s3://uploads/t --recursive; aws s3 ls s3://uploads --recursive')).toMatchObject({
      out: expect.stringMatching(/^delete: s3:\/\/uploads\/t\/deep\/two.txt\n.*m\/one.txt\n.*x\/y.txt$/),
    });
  });

  test('answers what the region answers, by --query and --output', async () => {
    const query = async (command: string) => (await inside(`aws ${command}`)).out;
    await inside('aws configure set default.output text');
    expect(await query("ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,State.Name]'")).toBe(
      'i-calls\trunning',
    );
    expect(
      await query(
        "ec2 describe-instances --filters Name=vpc-id,Values=vpc-1 --query 'Reservations[0].Instances[0].PrivateIpAddress' --output json",
      ),
    ).toBe('"10.0.0.1"');
    expect(await query('ssm get-parameters --names /app/level none --query InvalidParameters')).toBe('none');
    expect(await query("ssm get-parameters-by-path --path /app --query 'Parameters[*].Value'")).toBe('info');
    expect(await query("secretsmanager list-secrets --query 'length(SecretList)'")).toBe('1');
    expect(await query('configure get output')).toBe('text');
    await inside('rm -r /root/.aws');
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
