import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, terraceCommand, until } from './support/project.ts';

/** A page for everybody, another for the instance's own loopback, and a file that is larger than any buffer on the way. */
const configuration = [
  'events {}',
  'http { server { listen 80; location / { return 200 everybody; } }',
  'server { listen 127.0.0.1:8080; location / { return 200 loopback; } location /large { alias /opt/large; } } }',
].join('\\n');
const template = `
Resources:
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: a page
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }]
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.micro
      SecurityGroupIds: [!GetAtt Open.GroupId]
      UserData: !Base64 "#!/bin/bash\\ndnf install -y nginx\\nhead -c 30000000 /dev/zero >/opt/large\\nprintf '${configuration}' >/etc/nginx/nginx.conf\\nsystemctl enable --now nginx\\n"
  Other: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro } }
`;

interface Refusal {
  readonly mistakes: readonly { readonly code: string }[];
}

/** A forward that stands, until it is ended. */
class Forward implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly port: number;
  readonly through: string;

  static async start(directory: string, ...words: readonly string[]): Promise<Forward> {
    const child = spawn(process.execPath, [terraceCommand, 'forward', ...words, '--json'], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const { port, through } = JSON.parse(line) as { port: number; through: string };
      return new Forward(child, port, through);
    }
    throw new Error(`it ended with ${child.exitCode}`);
  }

  private constructor(child: ChildProcess, port: number, through: string) {
    this.child = child;
    this.port = port;
    this.through = through;
  }

  page(path = '/'): Promise<string> {
    return fetch(`http://127.0.0.1:${this.port}${path}`).then((answer) => answer.text());
  }

  get ended(): Promise<unknown> {
    return this.child.exitCode === null ? once(this.child, 'exit') : Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGINT');
    await this.ended;
  }
}

describe('open and forward', () => {
  let project: Project;
  const up = (...words: readonly string[]) =>
    project.terrace<Refusal & { doors: { url: string }[] }>('up', '--detach', '--template', 'template.yaml', ...words);

  beforeAll(async () => {
    project = await Project.ofTemplate(template);
    expect((await up()).status).toBe(0);
  });
  afterAll(async () => project[Symbol.asyncDispose]());

  test('open gives the address at which a public instance answers', async () => {
    const { value } = await project.terrace<{ url: string }>('open', 'Web');
    expect(await (await fetch(value.url)).text()).toBe('everybody');
    expect((await project.terrace<{ url: string }>('open')).value).toEqual(value);
  });

  test.each([
    [['open', 'Other'], 'NOTHING_TO_OPEN'],
    [['open', 'Web:8080'], 'NOTHING_TO_OPEN'],
    [['forward', 'Web:9999'], 'PORT_CLOSED'],
    [['forward', 'Nobody:80'], 'UNKNOWN_REFERENCE'],
    [['forward', 'Web'], 'WRONG_PORT'],
    [['forward', 'Web:80', '--through', 'Nobody'], 'NO_SUCH_INSTANCE'],
    [['forward', 'Web:8080', '--through', 'Other'], 'NOT_REACHED_THROUGH'],
  ])('%j is refused with %s', async (words, code) => {
    const said = await project.terrace<Refusal>(...words);
    expect(said.status).toBe(2);
    expect(said.value.mistakes.map((each) => each.code)).toEqual([code]);
  });

  test('a port of this machine that is taken is no port for a forward', async () => {
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const said = await project.terrace<Refusal>('forward', 'Web:8080', String(port));
    expect(said).toMatchObject({ status: 2, value: { mistakes: [{ code: 'PORT_IN_USE' }] } });
  });

  test('a port of an instance’s own loopback is reached, as often as it is asked, whole', async () => {
    await using forward = await Forward.start(project.directory, 'Web:8080');
    expect(forward.through).toBe('Web');
    expect(await Promise.all([1, 2, 3, 4, 5].map(() => forward.page()))).toEqual(Array(5).fill('loopback'));
    expect((await forward.page('/large')).length).toBe(30_000_000);
  });

  test('another host’s port is reached through the instance that is named', async () => {
    await using forward = await Forward.start(project.directory, 'Web:80', '--through', 'Other');
    expect(forward.through).toBe('Other');
    expect(await forward.page()).toBe('everybody');
  });

  test('up --port moves the door of a running region, and is refused where nothing is open', async () => {
    await using free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as { port: number };
    await free[Symbol.asyncDispose]();
    expect((await up('--port', String(port))).value.doors[0]!.url).toBe(`http://127.0.0.1:${port}/`);
    expect((await up()).value.doors[0]!.url).toBe(`http://127.0.0.1:${port}/`);
    const closed = template.replaceAll('0.0.0.0/0', '10.0.0.0/8');
    await using other = await Project.ofTemplate(closed);
    const refused = await other.terrace<Refusal>('up', '--detach', '--template', 'template.yaml', '--port', '8080');
    expect(refused).toMatchObject({ status: 2, value: { mistakes: [{ code: 'PORT_NOT_USED' }] } });
  });

  test('a forward ends with the region, and its port is free again', async () => {
    const forward = await Forward.start(project.directory, 'Web:8080');
    await project.terrace('down');
    await forward.ended;
    expect(forward.child.exitCode).toBe(3);
    const answers = () =>
      forward.page().then(
        () => true,
        () => false,
      );
    expect(await until(answers, (yes) => !yes)).toBe(false);
  });
});
