import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../src/control/client.ts';
import { controlSocket } from '../src/control/socket.ts';
import type { DriftSummary } from '../src/drift/drift-record.ts';
import type { NumberedEvent } from '../src/events/event.ts';
import { existingToolkit } from '../src/host/toolkit.ts';
import { isRootless } from '../src/host/users.ts';
import type { RegionStatus } from '../src/supervisor/summary.ts';
import { processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';

/** Two instances behind a Network Load Balancer that hands on its clients' addresses, and a way to the internet. */
const template = (more = '') => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Default: { Type: AWS::EC2::Route, DependsOn: Attachment, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24, AvailabilityZone: ap-northeast-2a, MapPublicIpOnLaunch: true } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: web
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.20.0.0/16 }
${more}
  One: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group] } }
  Two:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.micro
      SubnetId: !Ref Subnet
      SecurityGroupIds: [!Ref Group]
      UserData: !Base64 "#!/bin/bash\\ndnf install -y nginx\\nsystemctl enable --now nginx\\n"
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Name: balancer, Type: network, Scheme: internal, Subnets: [!Ref Subnet] } }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Protocol: TCP, Port: 80, TargetGroupAttributes: [{ Key: preserve_client_ip.enabled, Value: "true" }], Targets: [{ Id: !Ref Two }] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: TCP, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
`;

let project: Project;
let socket: string;
/** Network namespaces of the region. */
let places: { readonly router: string; readonly one: string; readonly two: string; readonly node: string };
/** One's link in the router, and the route table of its subnet. */
let known: { readonly link: string; readonly table: string };
let hostBefore: string;

beforeAll(async () => {
  project = await Project.ofTemplate(template());
  hostBefore = hostNetwork();
  const up = await project.terrace<{ failures: unknown[] }>('up', '--detach', '--template', 'template.yaml');
  expect(up.value.failures).toEqual([]);
  socket = controlSocket(join(project.directory, '.terrace'));
  const names = inRegion('ls', '/run/netns').trim().split('\n');
  const { instances } = await status();
  const called = (name: string) => instances.find((each) => each.name === name)!.id;
  const starting = (start: string) => names.find((each) => each.startsWith(start))!;
  places = { router: starting('router-'), one: called('One'), two: called('Two'), node: starting('load-balancer-') };
  const { address } = instances.find((each) => each.name === 'One')!;
  const routes = inRegion('ip', '-n', places.router, 'route', 'show', 'table', 'all');
  known = {
    link: new RegExp(`^${address} dev (\\S+)`, 'm').exec(routes)![1]!,
    table: /^default via .* table (\d+)/m.exec(routes)![1]!,
  };
});

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
});

type Place = keyof typeof places;

interface Sabotage {
  readonly what: string;
  /** A script, in the region's own mounts and processes; `$router`, `$one`, `$two`, `$node` are network namespaces, `$link` is One’s in the router. */
  readonly done: string;
  readonly where: Place | 'mounts';
  readonly missing: RegExp;
}

const inside = (place: Place, command: string) => `nsenter --net=/run/netns/$${place} ${command}`;

const sabotages: Sabotage[] = [
  { what: 'an interface', done: 'ip -n $router link delete $link', where: 'router', missing: /^interface e/ },
  {
    what: 'an interface’s state',
    done: 'ip -n $router link set $link down',
    where: 'router',
    missing: /^state of interface e/,
  },
  {
    what: 'the loopback of a router',
    done: 'ip -n $router link set lo down',
    where: 'router',
    missing: /^state of interface lo/,
  },
  {
    what: 'an instance’s interface',
    done: 'ip -n $one link set eth0 down; ip -n $one link set eth0 name gone',
    where: 'one',
    missing: /^interface eth0/,
  },
  {
    what: 'an interface’s hardware address',
    done: 'ip -n $one link set eth0 address 02:00:00:00:00:01',
    where: 'one',
    missing: /^state of interface eth0/,
  },
  {
    what: 'the interface of a load balancer',
    done: 'ip -n $node link delete eth0',
    where: 'node',
    missing: /^interface eth0/,
  },
  { what: 'an address', done: 'ip -n $one address flush dev eth0', where: 'one', missing: /^address 10\.20\./ },
  {
    what: 'a route to an interface',
    done: 'ip -n $router route flush dev $link',
    where: 'router',
    missing: /^route 10\.20\.1\./,
  },
  {
    what: 'a route table',
    done: 'ip -n $router route flush table $table',
    where: 'router',
    missing: /^route .* table \d+/,
  },
  {
    what: 'a route’s way',
    done: 'ip -n $one route replace default dev eth0',
    where: 'one',
    missing: /^route default via/,
  },
  { what: 'a neighbour', done: 'ip -n $router neighbour flush nud permanent', where: 'router', missing: /^neighbour / },
  { what: 'the choice of route tables', done: 'ip -n $router rule flush', where: 'router', missing: /^rule priority/ },
  {
    what: 'every rule of nftables',
    done: inside('router', 'nft flush ruleset'),
    where: 'router',
    missing: /^nftables terrace chain forward/,
  },
  {
    what: 'the rules of a chain',
    done: inside('router', 'nft flush chain ip terrace forward'),
    where: 'router',
    missing: /^nftables terrace chain forward/,
  },
  {
    what: 'a rule for another',
    done: inside('router', "nft 'flush chain ip terrace output; add rule ip terrace output meta l4proto tcp drop'"),
    where: 'router',
    missing: /^nftables terrace chain output/,
  },
  {
    what: 'the elements of a set',
    done: inside('router', 'nft flush set ip terrace links'),
    where: 'router',
    missing: /^nftables terrace set links/,
  },
  {
    what: 'the elements of a map',
    done: inside('router', 'nft flush map ip terrace own_sources'),
    where: 'router',
    missing: /^nftables terrace map own_sources/,
  },
  {
    what: 'a network namespace',
    done: 'ip netns delete $router',
    where: 'router',
    missing: /^network namespace router-/,
  },
  {
    what: 'an instance’s network namespace',
    done: 'ip netns delete $two',
    where: 'two',
    missing: /^network namespace i-/,
  },
  {
    what: 'the name of a namespace, for the host’s own',
    done: 'umount -l /run/netns/$one; mount --bind /proc/1/ns/net /run/netns/$one',
    where: 'one',
    missing: /^network namespace i-/,
  },
  {
    what: 'ip_forward',
    done: inside('router', "sh -c 'echo 0 > /proc/sys/net/ipv4/ip_forward'"),
    where: 'router',
    missing: /^setting ipv4\/ip_forward/,
  },
  {
    what: 'rp_filter',
    done: inside('router', "sh -c 'echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter'"),
    where: 'router',
    missing: /^setting ipv4\/conf\/all\/rp_filter/,
  },
  {
    what: 'proxy_arp',
    done: inside('router', "sh -c 'echo 0 > /proc/sys/net/ipv4/conf/all/proxy_arp'"),
    where: 'router',
    missing: /^setting ipv4\/conf\/all\/proxy_arp/,
  },
  {
    what: 'a setting that the kernel says nothing about',
    done: inside('two', "sh -c 'echo 1024 > /proc/sys/net/ipv4/ip_unprivileged_port_start'"),
    where: 'two',
    missing: /^setting ipv4\/ip_unprivileged_port_start/,
  },
  {
    what: 'the tables of a Network Load Balancer',
    done: inside('node', 'nft flush ruleset'),
    where: 'node',
    missing: /^table balancing/,
  },
  {
    what: 'the host’s /usr beside the toolkit',
    done: 'umount /run/terrace/usr',
    where: 'mounts',
    missing: /^mount \/run\/terrace\/usr/,
  },
  { what: '/proc', done: 'umount -l /proc', where: 'mounts', missing: /^mount \/proc/ },
  ...(existingToolkit() === null
    ? []
    : [{ what: 'the toolkit', done: 'umount -l /usr', where: 'mounts' as const, missing: /^mount \/usr/ }]),
];

describe('taken away from outside, it is found, put back and told:', () => {
  test.each(sabotages)('$what', async ({ done, where, missing }) => {
    const since = (await events()).at(-1)?.number ?? 0;
    const began = Date.now();
    sabotage(done);
    const place = where === 'mounts' ? where : places[where];
    const isAboutIt = (each: NumberedEvent) =>
      each.number > since &&
      each.kind === 'drift' &&
      each.where === place &&
      each.missing.some((line) => missing.test(line));
    const told = await until(
      async () => (await events()).filter(isAboutIt),
      (those) => those.some((each) => each.kind === 'drift' && each.state === 'repaired'),
      20_000,
    );
    expect(told.map((each) => each.kind === 'drift' && each.state)).toEqual(['found', 'repaired']);
    expect(Date.parse(told[0]!.at) - began).toBeLessThan(10_000);
    expect(await probe()).toBe('accepted');
  });

  test('and status says so, and that all is there', async () => {
    const { drift, mechanisms, failures } = await status();
    expect(mechanisms.filter(({ inForce }) => !inForce)).toEqual([]);
    expect(failures).toEqual([]);
    expect(drift.filter(({ repairedAt }) => repairedAt === null)).toEqual([]);
    expect(drift.length).toBeGreaterThan(0);
    expect((await project.terrace('status')).status).toBe(0);
    const log = inRegion('cat', join(project.directory, '.terrace/supervisor.log'));
    expect(log).toMatch(/changed from outside in router-\S+: interface e\w+.*; repaired/);
  });

  test('and the host’s own network is as it was', () => {
    expect(hostNetwork()).toBe(hostBefore);
  });
});

describe('beside a change', () => {
  test('what is taken away meanwhile is put back, and the change is whole', async () => {
    const more = '        - { IpProtocol: tcp, FromPort: 81, ToPort: 81, CidrIp: 10.20.0.0/16 }';
    await writeFile(join(project.directory, 'template.yaml'), template(more));
    const change = project.terrace<{ failures: unknown[] }>('up', '--detach', '--template', 'template.yaml');
    for (let times = 0; times < 5; times++) {
      sabotage('ip -n $router link delete $link 2>/dev/null || :');
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(await change).toMatchObject({ status: 0, value: { failures: [] } });
    await until(
      status,
      ({ mechanisms, drift }) => mechanisms.every(({ inForce }) => inForce) && drift.every(isRepaired),
    );
    expect(await probe()).toBe('accepted');
  });

  test('what has not been put back yet is in diff, and up puts it back before anything else', async () => {
    // Nobody hears of it: who listens is stopped, which is found out, too.
    const watch = processesOf(project.directory).find(({ words }) => words.startsWith('terrace-kernel-watch'))!;
    process.kill(watch.pid, 'SIGSTOP');
    sabotage('ip -n $router rule delete priority 200');
    const diff = await project.terrace<{ kernel: { mechanisms: unknown[] } }>('diff', '--template', 'template.yaml');
    expect(diff).toMatchObject({ status: 1, value: { kernel: { mechanisms: [{ inForce: false }] } } });
    const up = await project.terrace('up', '--detach', '--template', 'template.yaml');
    expect(up).toMatchObject({ status: 0, value: { failures: [] } });
    const nothing = await project.terrace<{ kernel: unknown }>('diff', '--template', 'template.yaml');
    expect(nothing).toMatchObject({ status: 0, value: { kernel: { drift: [], mechanisms: [] } } });
  });
});

describe('what cannot be put back', () => {
  test('is told once, is a failure of status and up, and the region still ends in good order', async () => {
    sabotage('umount -l /run/terrace/compute/instances/$two');
    const lost = await until(status, ({ failures }) => failures.length > 0, 20_000);
    expect(lost.failures).toMatchObject([{ code: 'DRIFT_NOT_REPAIRED', place: { path: 'mounts' } }]);
    const told = (await events()).filter(
      (each) => each.kind === 'drift' && each.missing.some((line) => line.includes('compute/instances')),
    );
    expect(told.map((each) => each.kind === 'drift' && each.state)).toEqual(['found', 'not-repaired']);
    expect(await probe()).toBe('accepted');
    expect((await project.terrace('up', '--detach', '--template', 'template.yaml')).status).toBe(3);
    expect((await project.terrace('down')).status).toBe(0);
    expect(inFile('supervisor.log')).not.toMatch(/winding up/);
  });
});

function isRepaired({ repairedAt }: DriftSummary): boolean {
  return repairedAt !== null;
}

function inFile(name: string): string {
  return execFileSync('cat', [join(project.directory, '.terrace', name)], { encoding: 'utf8' });
}

async function status(): Promise<RegionStatus> {
  return (await ask('/status', {})) as RegionStatus;
}

async function events(): Promise<readonly NumberedEvent[]> {
  return ((await ask('/events', { last: 1_000, follow: false })) as { events: NumberedEvent[] }).events;
}

/** From one instance to the other, through the load balancer. */
async function probe(): Promise<string> {
  const request = { from: 'One', to: 'Balancer', port: 80, protocol: 'tcp', milliseconds: 15_000 };
  return ((await ask('/probe', request)) as { outcome: string }).outcome;
}

async function ask(path: string, request: unknown): Promise<unknown> {
  const answer = await call(socket, path, request);
  if (answer.kind !== 'result') throw new Error(JSON.stringify(answer));
  return answer.value;
}

function sabotage(script: string): void {
  const given = Object.entries({ ...places, ...known }).map(([name, value]) => `${name}=${value}`);
  inRegion('sh', '-ec', `${given.join(' ')}\n${script}`);
}

/** As somebody on this machine who enters the region's own mounts and processes, and nothing else of it. */
function inRegion(...command: readonly string[]): string {
  const supervisor = processesOf(project.directory).find(({ words }) =>
    /^\S*node\S* .*supervisor\/main\.js/.test(words),
  )!;
  const user = isRootless() ? ['--user', '--preserve-credentials'] : [];
  const words = ['--target', String(supervisor.pid), ...user, '--mount', '--pid', ...command];
  return execFileSync('nsenter', words, { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
}

function hostNetwork(): string {
  return ['address', 'route show table all', 'rule', 'link']
    .map((words) => execFileSync('ip', ['-o', ...words.split(' ')], { encoding: 'utf8' }))
    .join('\n')
    .replace(/(valid_lft|preferred_lft|expires) \S+/g, '');
}
