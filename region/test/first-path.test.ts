import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, until, waitFor } from './support/project.ts';

interface Up {
  readonly app: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly resources: Readonly<Record<'real' | 'modelled' | 'ignored', Readonly<Record<string, number>>>>;
  readonly instances: readonly {
    readonly name: string;
    readonly address: string;
    readonly zone: string;
    readonly state: string;
  }[];
  readonly failures: readonly { readonly code: string }[];
}

interface Hello {
  readonly instance: string;
  readonly zone: string;
  readonly visits: number;
  readonly database: { readonly address: string; readonly version: string; readonly tls: string };
}

let project: Project;
let up: Up;

beforeAll(async () => {
  project = await Project.make();
  const said = await project.terrace<Up>('up', '--app', 'assembly', '--detach');
  expect(said.value.failures).toEqual([]);
  expect(said.status).toBe(0);
  up = said.value;
});

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
});

describe('three tiers on one machine', () => {
  test('answer at an address of the host, through to the database and over TLS', async () => {
    // A server whose first check has not been yet has no part in it.
    const answers = await until(
      () => Promise.all(Array.from({ length: 8 }, () => hello())),
      (each) => new Set(each.map(({ zone }) => zone)).size === 2,
    );
    expect(new Set(answers.map((each) => each.zone))).toEqual(new Set(['ap-northeast-2a', 'ap-northeast-2b']));
    for (const answer of answers) {
      expect(answer.database.address).toMatch(/^172\.16\.[123]\.\d+$/);
      expect(answer.database.tls).toMatch(/^TLSv1\.[23]$/);
      expect(answer.visits).toBeGreaterThan(0);
    }
  });

  test('say of every resource whether it acts', () => {
    expect(up.resources.real['AWS::EC2::VPC']).toBe(2);
    expect(up.resources.real['AWS::RDS::DBInstance']).toBe(1);
    expect(Object.keys(up.timings)).toEqual(
      expect.arrayContaining(['fabric', 'database', 'firstAnswer', 'answered', 'total']),
    );
  });

  test('carry one request over every hop of the design', async () => {
    const done = keepAsking();
    try {
      const web = await until(
        () => established('web/0'),
        (flows) =>
          flows.some(({ peer }) => peer.endsWith(':8080')) && flows.some(({ peer }) => /^10\.10\.[56]\./.test(peer)),
      );
      expect(web).toContainEqual({
        own: expect.stringMatching(/^10\.10\.[12]\.\d+:80$/),
        peer: expect.stringMatching(/^10\.10\.[56]\.\d+:\d+$/),
      });
      expect(web).toContainEqual({
        own: expect.stringMatching(/^10\.10\.[12]\./),
        peer: expect.stringMatching(/^10\.10\.[34]\.\d+:8080$/),
      });
      const was = await until(
        () => established('was/0'),
        (flows) => flows.some(({ own }) => own.endsWith(':8080')) && flows.some(({ peer }) => peer.endsWith(':5432')),
      );
      const servers = new Set(up.instances.filter(({ name }) => name.startsWith('was/')).map(({ address }) => address));
      const balancer = was.find(({ own }) => own.endsWith(':8080'))!;
      expect(balancer.peer).toMatch(/^10\.10\.[34]\./);
      expect(servers).not.toContain(balancer.peer.split(':')[0]);
      expect(was).toContainEqual({
        own: expect.stringMatching(/^10\.10\.3\./),
        peer: expect.stringMatching(/^172\.16\.[123]\.\d+:5432$/),
      });
    } finally {
      await done();
    }
  });

  test.each([
    ['web/0', 'was/0', '8080', 'accepted'],
    ['was/0', 'DatabaseInstance', '5432', 'accepted'],
    ['internet', 'ExternalLoadBalancer', '80', 'accepted'],
    ['internet', 'was/0', '8080', 'timeout'],
    ['internet', 'web/0', '80', 'timeout'],
    ['internet', 'DatabaseInstance', '5432', 'timeout'],
    ['web/0', 'DatabaseInstance', '5432', 'timeout'],
    ['DatabaseInstance', 'internet', '443', 'timeout'],
  ])('%s to %s on port %s: %s', async (from, to, port, outcome) => {
    const said = await project.terrace<{ outcome: string }>(
      'probe',
      from,
      to,
      '--port',
      port,
      '--wait',
      waitFor(outcome),
    );
    expect(said.value.outcome).toBe(outcome);
    expect(said.status).toBe(outcome === 'accepted' ? 0 : 1);
  });

  test('run the command that is asked for, with its own exit status', async () => {
    const said = await project.terrace<{ status: number; output: string }>(
      'exec',
      'web/1',
      '--',
      'sh',
      '-c',
      'hostname; exit 7',
    );
    expect(said.value).toMatchObject({ status: 7, output: expect.stringMatching(/^ip-10-10-2-\d+/) });
    expect(said.status).toBe(7);
  });

  test('outlive a command that is not there, which is told as a shell tells it', async () => {
    const said = await project.terrace<{ status: number; error: string }>('exec', 'web/1', '--', 'no-such-command');
    expect(said.value).toMatchObject({ status: 127, error: expect.stringContaining('no-such-command') });
    expect((await project.terrace('exec', 'web/1', '--', '/etc')).status).toBe(126);
    expect((await project.terrace('status')).status).toBe(0);
  });

  test('name the instances there are when another is asked for', async () => {
    const said = await project.terrace<{ mistakes: { code: string; next: { en: string } }[] }>(
      'exec',
      'web/9',
      '--',
      'true',
    );
    expect(said.status).toBe(2);
    expect(said.value.mistakes[0]).toMatchObject({
      code: 'NO_SUCH_INSTANCE',
      next: { en: expect.stringContaining('web/1') },
    });
  });

  test('lose the database when its rule is taken out of the template, stay alive, and find it again', async () => {
    const rule = /DatabaseSecurityGroupIngress|DatabaseSecurityGroupFrom|DatabaseFromApplication/;
    const kept: [string, unknown][] = [];
    await project.editResources((id, resource) => {
      if (resource.Type !== 'AWS::EC2::SecurityGroupIngress' || resource.Properties?.FromPort !== 5432) return resource;
      kept.push([id, resource]);
      return undefined;
    });
    expect(kept.length, `no rule like ${rule} in the template`).toBeGreaterThan(0);
    await project.terrace('up', '--app', 'assembly', '--detach');
    const probe = await project.terrace<{ outcome: string }>(
      'probe',
      'was/0',
      'DatabaseInstance',
      '--port',
      '5432',
      '--wait',
      '700',
    );
    expect(probe.value.outcome).toBe('timeout');
    await project.terrace('exec', 'was/0', '--', 'systemctl', 'restart', 'application');
    await project.terrace('exec', 'was/1', '--', 'systemctl', 'restart', 'application');
    const refused = await until(
      async () => (await fetch(`${up.app}api/hello`)).status,
      (status) => status === 503,
    );
    expect(refused).toBe(503);
    const live = await project.terrace<{ output: string }>(
      'exec',
      'was/0',
      '--',
      'curl',
      '-s',
      'http://localhost:8080/health/live',
    );
    expect(live.status).toBe(0);
    await project.editResources((_id, resource) => resource);
    await project.edit((text) => restore(text, kept));
    await project.terrace('up', '--app', 'assembly', '--detach');
    await until(
      async () => (await fetch(`${up.app}api/hello`)).status,
      (status) => status === 200,
    );
  });

  test('take another address when the template has another range', async () => {
    await project.edit((text) => text.replaceAll('10.10.1.0/24', '10.10.7.0/24'));
    await project.terrace('up', '--app', 'assembly', '--detach');
    const inside = await project.terrace<{ output: string }>(
      'exec',
      'web/0',
      '--',
      'ip',
      '-brief',
      'address',
      'show',
      'eth0',
    );
    expect(inside.value.output).toMatch(/10\.10\.7\.\d+\/24/);
    await until(
      async () => (await fetch(`${up.app}api/hello`)).status,
      (status) => status === 200,
    );
  });
});

function restore(text: string, kept: readonly (readonly [string, unknown])[]): string {
  const template = JSON.parse(text) as { Resources: Record<string, unknown> };
  if (!('DatabaseSecurityGroup' in template.Resources)) return text;
  return JSON.stringify({ ...template, Resources: { ...template.Resources, ...Object.fromEntries(kept) } }, null, 1);
}

async function hello(): Promise<Hello> {
  const response = await fetch(`${up.app}api/hello`);
  expect(response.status).toBe(200);
  return (await response.json()) as Hello;
}

/** Requests one after another until it is called. */
function keepAsking(): () => Promise<void> {
  let wanted = true;
  const asking = (async () => {
    while (wanted) await hello();
  })();
  return async () => {
    wanted = false;
    await asking;
  };
}

/** The TCP connections of an instance as its own kernel has them. */
async function established(instance: string): Promise<{ own: string; peer: string }[]> {
  const said = await project.terrace<{ output: string }>('exec', instance, '--', 'ss', '-Htn', 'state', 'established');
  return said.value.output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map((fields) => ({ own: fields[2] ?? '', peer: fields[3] ?? '' }));
}
