import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { nameOf, texts } from '@terrace/cloud/property';
import { unableOf } from '@terrace/cloud/validate/standing';
import { balancingView, type LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { databaseView } from '@terrace/cloud/views/database';
import type { Fleet } from '@terrace/cloud/views/fleet';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import { ask, openReach } from '../ask/ask.ts';
import type { PairAnswer, Reach } from '../ask/question.ts';
import { tcpPorts } from '../traffic/traffic-set.ts';

/** The health of a registered target, as the region's balancers found it. */
export interface SeenTarget {
  readonly targetGroup: string;
  readonly target: string;
  readonly port: number;
  readonly health: string;
  readonly reason: string | null;
}

/** One thing behind a balancer that a request depends on. */
export interface Link {
  readonly kind: 'listener' | 'rule' | 'target-group' | 'target' | 'database';
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'unknown';
  readonly seen: Words;
  /** The smallest mend, where it fails. */
  readonly next: Words | null;
}

interface Premises {
  readonly inventory: Inventory;
  readonly network: NetworkView;
  readonly fleet: Fleet;
  readonly seen: readonly SeenTarget[];
}

/**
 * Goes on where a connection to a balancer ends: the listener of the port, where its rules send requests, each target with the proof of the way
 * to it and the verdict of its health check, the next balancer or database behind the targets. `undefined` where the resource is no balancer.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function behindBalancer(premises: Premises, id: string, port: number): Link[] | undefined {
  const view = balancingView(premises.inventory, premises.network, premises.fleet);
  const balancer = view.balancers.find((each) => each.id === id);
  if (!balancer) return undefined;
  return linksOf({ ...premises, ...view, reach: openReach(premises.network) }, balancer, port, new Set());
}

interface Search extends Premises {
  readonly reach: Reach;
  readonly balancers: readonly LoadBalancer[];
  readonly targetGroups: readonly TargetGroup[];
}

function linksOf(search: Search, balancer: LoadBalancer, port: number, passed: Set<string>): Link[] {
  if (passed.has(`${balancer.id} ${port}`)) return [];
  passed.add(`${balancer.id} ${port}`);
  const listener = balancer.listeners.find((each) => each.port === port);
  if (!listener) return [withoutListener(balancer, port)];
  const used = groupsOf(search, listener);
  const links = used.flatMap((group) => groupLinks(search, balancer, group));
  const targets = used.flatMap((group) => interfacesOf(search, group));
  const next = search.balancers.filter((each) => !each.internetFacing && each.id !== balancer.id);
  const inner = next.flatMap((each) =>
    each.listeners
      .filter((inside) =>
        targets.some((from) => proof(search, from, nodesOf(search, each), inside.port)?.verdict === 'yes'),
      )
      .flatMap((inside) => linksOf(search, each, inside.port, passed)),
  );
  return [
    listens(balancer, listener),
    ...ruleLinks(balancer, listener, used),
    ...links,
    ...inner,
    ...databaseLinks(search, targets, passed),
  ];
}

function listens(balancer: LoadBalancer, { port, protocol }: Listener): Link {
  return {
    kind: 'listener',
    name: `${balancer.name}:${port}`,
    state: 'passed',
    seen: words(`listens for ${protocol}`, `${protocol} 리스너`),
    next: null,
  };
}

function withoutListener({ name, listeners }: LoadBalancer, port: number): Link {
  const ports = listeners.map((each) => each.port).join(', ');
  return {
    kind: 'listener',
    name: `${name}:${port}`,
    state: 'failed',
    seen: words(`${name} has no listener on port ${port}`, `${name}에 포트 ${port}의 리스너가 없습니다`),
    next: ports
      ? words(
          `ask one of its ports (${ports}), or add a listener`,
          `리스너가 있는 포트(${ports})로 접속하거나 리스너를 추가하세요`,
        )
      : words('add a listener', '리스너를 추가하세요'),
  };
}

function groupsOf({ targetGroups }: Search, { rules }: Listener): TargetGroup[] {
  const ids = rules.flatMap(({ action }) => (action.kind === 'forward' ? action.targetGroups.map(({ id }) => id) : []));
  return targetGroups.filter(({ id }) => ids.includes(id));
}

/** What a listener answers itself, without a target. */
function ruleLinks(balancer: LoadBalancer, { port, rules }: Listener, used: readonly TargetGroup[]): Link[] {
  const unable = rules.find(({ action }) => action.kind === 'not-carried-out');
  const name = `${balancer.name}:${port}`;
  if (unable?.action.kind === 'not-carried-out')
    return [
      {
        kind: 'rule',
        name,
        state: 'unknown',
        seen: words(
          `an action ${unable.action.type} is not carried out`,
          `${unable.action.type} 작업은 실행하지 않습니다`,
        ),
        next: null,
      },
    ];
  if (used.length > 0) return [];
  const answers = rules.at(-1)?.action;
  const seen =
    answers?.kind === 'redirect'
      ? words(
          `redirects to ${answers.protocol}:${answers.port}`,
          `${answers.protocol}:${answers.port}{으로/로} 리디렉션`,
        )
      : words('answers by itself, without a target', '대상 없이 직접 응답');
  return [{ kind: 'rule', name, state: 'passed', seen, next: null }];
}

function groupLinks(search: Search, balancer: LoadBalancer, group: TargetGroup): Link[] {
  if (group.targetType === 'lambda') return [];
  if (group.targets.length === 0) return [emptyGroup(search, group)];
  return group.targets.map((target) => targetLink(search, balancer, group, target));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html */
function emptyGroup({ inventory }: Search, group: TargetGroup): Link {
  const scaled = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').find(({ properties }) =>
    texts(properties, 'TargetGroupARNs').includes(group.id),
  );
  const service = ofType(inventory, 'AWS::ECS::Service').find(({ properties }) =>
    JSON.stringify(properties).includes(group.id),
  );
  const why = scaled && unableOf(inventory).get(scaled.key);
  return {
    kind: 'target-group',
    name: group.name,
    state: 'failed',
    ...(service
      ? {
          seen: words(
            `the target group is empty: its targets come from ${nameOf(service)}, an ECS service, which is not carried out`,
            `대상 그룹이 비어 있습니다. 대상을 등록하는 ECS 서비스 ${nameOf(service)}{을/를} 실행하지 않기 때문입니다`,
          ),
          next: words(
            'on AWS the service registers its tasks; here nothing answers in their place',
            'AWS에서는 서비스가 태스크를 등록합니다. 여기서는 대신 응답할 것이 없습니다',
          ),
        }
      : scaled
        ? {
            seen: why
              ? words(
                  `the target group is empty: ${nameOf(scaled)} cannot act: ${why.en}`,
                  `대상 그룹이 비어 있습니다. ${nameOf(scaled)}{을/를} 실행할 수 없습니다. ${why.ko}`,
                )
              : words(
                  `the target group is empty: ${nameOf(scaled)} has no instance`,
                  `대상 그룹이 비어 있습니다. ${nameOf(scaled)}에 인스턴스가 없습니다`,
                ),
            next: why
              ? words(
                  `make ${nameOf(scaled)} able to act: terrace validate says how`,
                  `${nameOf(scaled)}{을/를} 실행할 수 있게 하세요. terrace validate에서 방법을 볼 수 있습니다`,
                )
              : words(`raise the desired capacity of ${nameOf(scaled)}`, `${nameOf(scaled)}의 원하는 용량을 늘리세요`),
          }
        : {
            seen: words(
              'the target group is empty: nothing is registered in it',
              '대상 그룹이 비어 있습니다. 등록된 대상이 없습니다',
            ),
            next: words(
              'list targets in the group, or name it in TargetGroupARNs of an Auto Scaling group',
              '그룹의 Targets에 대상을 적거나 Auto Scaling 그룹의 TargetGroupARNs에 이 그룹을 적으세요',
            ),
          }),
  };
}

function targetLink(
  search: Search,
  balancer: LoadBalancer,
  group: TargetGroup,
  target: TargetGroup['targets'][number],
): Link {
  const name = `${group.name}: ${target.name}:${target.port}`;
  const health = search.seen.find(
    (each) => each.targetGroup === group.name && each.target === target.name && each.port === target.port,
  );
  if (health?.health === 'healthy')
    return { kind: 'target', name, state: 'passed', seen: words('healthy', '정상'), next: null };
  const end = search.network.interfaces.find(({ addresses }) => addresses.includes(target.address));
  const checked = group.healthCheck.port ?? target.port;
  for (const port of new Set([checked, target.port])) {
    const pair = end && proof(search, nodesOf(search, balancer)[0], [end], port);
    const [blocker] = pair?.blockers ?? [];
    if (blocker)
      return {
        kind: 'target',
        name,
        state: 'failed',
        seen: words(
          `${verdictWords(health).en}: ${balancer.name} cannot reach it on tcp ${port}. ${blocker.cause.en}`,
          `${verdictWords(health).ko}. ${balancer.name}에서 tcp ${port}{으로/로} 연결할 수 없습니다. ${blocker.cause.ko}`,
        ),
        next: blocker.next,
      };
  }
  return { kind: 'target', name, ...unhealthy(group, target, health, checked) };
}

function verdictWords(health: SeenTarget | undefined): Words {
  if (!health) return words('not looked at', '확인하지 못함');
  const reason = health.reason === null ? '' : ` (${health.reason})`;
  return words(`${health.health}${reason}`, `${healthWords[health.health] ?? health.health}${reason}`);
}

const healthWords: Readonly<Record<string, string>> = {
  initial: '초기',
  unhealthy: '비정상',
  unused: '사용되지 않음',
  draining: '드레이닝 중',
  unavailable: '확인할 수 없음',
};

/** The way is open, and the health check fails all the same: the program on the target is the cause. */
function unhealthy(
  { healthCheck }: TargetGroup,
  target: TargetGroup['targets'][number],
  health: SeenTarget | undefined,
  port: number,
): Pick<Link, 'state' | 'seen' | 'next'> {
  const said = verdictWords(health);
  if (health?.health !== 'unhealthy') return { state: 'unknown', seen: said, next: null };
  const asks =
    healthCheck.protocol === 'TCP'
      ? words(`a TCP connection to port ${port}`, `포트 ${port}의 TCP 연결`)
      : words(
          `${healthCheck.protocol} ${port} ${healthCheck.path}, answered by ${healthCheck.matcher}`,
          `${healthCheck.protocol} ${port} ${healthCheck.path}, 응답 코드 ${healthCheck.matcher}`,
        );
  const answered = health.reason?.startsWith('Target.ResponseCodeMismatch') ?? false;
  return {
    state: 'failed',
    seen: words(
      `${said.en}: the network is fine; the health check wants ${asks.en}`,
      `${said.ko}. 네트워크는 정상이며 상태 확인 조건은 ${asks.ko}입니다`,
    ),
    next: answered
      ? words(
          `make ${target.name} answer ${healthCheck.path} by ${healthCheck.matcher}, or change HealthCheckPath or Matcher; terrace logs ${target.name}`,
          `${target.name}{이/가} ${healthCheck.path}에 ${healthCheck.matcher}{으로/로} 응답하게 하거나 HealthCheckPath나 Matcher를 바꾸세요. terrace logs ${target.name}`,
        )
      : words(
          `start the program on ${target.name} that listens on port ${port}; terrace logs ${target.name}`,
          `${target.name}에서 포트 ${port}{을/를} 수신 대기하는 프로그램을 시작하세요. terrace logs ${target.name}`,
        ),
  };
}

/** Databases of the targets' VPCs: one that admits none of the targets, and no other tier either, is cut off from all. */
function databaseLinks(search: Search, targets: readonly NetworkInterface[], passed: Set<string>): Link[] {
  return databaseView(search.inventory, search.network).flatMap((database): Link[] => {
    const end = search.network.interfaces.find(({ id }) => id === database.primary.interface);
    if (!end || targets.length === 0 || passed.has(database.id)) return [];
    const name = `${end.name}:${database.port}`;
    const pairs = targets.flatMap((from) => proof(search, from, [end], database.port) ?? []);
    if (pairs.some(({ verdict }) => verdict === 'yes')) {
      passed.add(database.id);
      return [
        {
          kind: 'database',
          name,
          state: 'passed',
          seen: words('the network is open', '네트워크 열려 있음'),
          next: null,
        },
      ];
    }
    const instances = search.network.interfaces.filter(
      ({ owner }) => owner.kind === 'instance' || owner.kind === 'service',
    );
    if (instances.some((from) => proof(search, from, [end], database.port)?.verdict !== 'no')) return [];
    const [blocker] = pairs[0]?.blockers ?? [];
    if (!blocker) return [];
    passed.add(database.id);
    return [
      {
        kind: 'database',
        name,
        state: 'failed',
        seen: words(
          `no server here can reach it: ${blocker.cause.en}`,
          `연결할 수 있는 서버가 없습니다. ${blocker.cause.ko}`,
        ),
        next: blocker.next,
      },
    ];
  });
}

function interfacesOf({ network }: Search, { targets }: TargetGroup): NetworkInterface[] {
  const addresses = targets.map(({ address }) => address);
  return network.interfaces.filter((each) => each.addresses.some((address) => addresses.includes(address)));
}

function nodesOf({ network }: Search, { id }: LoadBalancer): NetworkInterface[] {
  return network.interfaces.filter(({ owner }) => owner.kind === 'load-balancer' && owner.id === id);
}

function proof(
  { reach }: Search,
  from: NetworkInterface | undefined,
  to: readonly NetworkInterface[],
  port: number,
): PairAnswer | undefined {
  if (!from || to.length === 0) return undefined;
  const traffic = tcpPorts({ from: port, to: port });
  return ask(reach, { from: endpoint([from]), to: endpoint(to.slice(0, 1)), traffic, family: 4 }).pairs[0];
}

function endpoint(interfaces: readonly NetworkInterface[]): Endpoints {
  return { reference: interfaces[0]!.name, interfaces, internet: false, range: null, byPublicAddress: false };
}
