import { ofType, type Resource } from '@terrace/cloud/inventory';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import { ask } from '../reach/ask/ask.ts';
import { tcpPorts } from '../reach/traffic/traffic-set.ts';
import type { Control, Finding, Ground } from './control.ts';
import { resourceOf } from './find.ts';
import { serves, userDataOf } from './user-data.ts';

/** What health checks meet. */
export const health: readonly Control[] = [
  {
    id: 'TARGET_NOT_REACHED',
    severity: 'high',
    what: words(
      'Load balancers reach each target on its port, and by the port of its health check.',
      '로드 밸런서가 각 대상에 트래픽 포트와 상태 확인 포트로 연결할 수 있어야 합니다.',
    ),
    page: 'elasticloadbalancing/latest/application/target-group-health-checks.html',
    nag: [],
    find: (ground) => ground.balancing.targetGroups.flatMap((group) => unreachedTargets(ground, group)),
  },
  {
    id: 'HEALTH_PATH_NOT_SERVED',
    severity: 'high',
    what: words(
      'User data that sets up a server by itself serves the path of the health check.',
      '서버를 직접 설정하는 사용자 데이터는 상태 확인 경로를 제공해야 합니다.',
    ),
    page: 'elasticloadbalancing/latest/application/target-group-health-checks.html',
    nag: [],
    find: (ground) => ground.balancing.targetGroups.flatMap((group) => unservedPath(ground, group)),
  },
];

function unreachedTargets(ground: Ground, group: TargetGroup): Finding[] {
  const { inventory, network, reach } = ground;
  const resource = resourceOf(inventory, group.statedBy);
  const nodes = nodesFor(ground, group);
  if (!resource || nodes.length === 0 || group.targetType === 'lambda') return [];
  const told = new Set<string>();
  return group.targets.flatMap((target): Finding[] => {
    const to = network.interfaces.find((each) => each.addresses.includes(target.address));
    const owner = to?.statedBy ?? target.id;
    if (!to || told.has(owner)) return [];
    const wanted = [...new Set([target.port, group.healthCheck.port ?? target.port])];
    for (const port of wanted) {
      const answer = ask(reach, {
        family: 4,
        from: endpoints(group.name, nodes),
        to: endpoints(target.name, [to]),
        traffic: tcpPorts({ from: port, to: port }),
      });
      const pair = answer.pairs.find((each) => each.verdict !== 'yes');
      if (!pair || ['UDP', 'TCP_UDP'].includes(group.protocol)) continue;
      told.add(owner);
      const [obstacle] = pair.verdict === 'no' ? pair.blockers : pair.unknowns;
      const check = group.healthCheck.port !== null && port === group.healthCheck.port;
      return [
        {
          resource,
          outcome: pair.verdict === 'no' ? 'broken' : 'unknown',
          cause: words(
            `${pair.from} does not reach ${target.name} by tcp ${port}${check ? ', the port of its health check' : ''}: the target stays unhealthy.`,
            `${pair.from}에서 ${target.name}에 tcp ${port}${check ? '(상태 확인 포트)' : ''}{으로/로} 연결할 수 없어 대상이 비정상으로 남습니다.`,
          ),
          next: obstacle?.next ?? words('See terrace reach.', 'terrace reach로 확인하세요.'),
          path: obstacle ? [obstacle.cause] : [],
        },
      ];
    }
    return [];
  });
}

/** Nodes of the balancers whose listeners forward to the group, one for each balancer and subnet. */
function nodesFor({ inventory, network, balancing }: Ground, group: TargetGroup): NetworkInterface[] {
  const forwards = (resource: Resource) => JSON.stringify(resource.properties).includes(JSON.stringify(group.id));
  const rules = ofType(inventory, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter(forwards);
  const listeners = ofType(inventory, 'AWS::ElasticLoadBalancingV2::Listener').filter(
    (each) => forwards(each) || rules.some(({ properties }) => properties.ListenerArn === each.physicalId),
  );
  const balancers = balancing.balancers.filter(({ id, kind, statedBy }) =>
    group.classic
      ? statedBy === group.statedBy
      : kind !== 'gateway' && listeners.some(({ properties }) => properties.LoadBalancerArn === id),
  );
  return network.interfaces.filter(
    ({ owner }) => owner.kind === 'load-balancer' && balancers.some(({ id }) => id === owner.id),
  );
}

function endpoints(reference: string, interfaces: readonly NetworkInterface[]): Endpoints {
  return { reference, interfaces, internet: false, range: null, byPublicAddress: false };
}

/** Only a script that fetches nothing tells by itself which paths there are. */
function unservedPath(ground: Ground, group: TargetGroup): Finding[] {
  const { inventory, fleet } = ground;
  const resource = resourceOf(inventory, group.statedBy);
  const { path, protocol } = group.healthCheck;
  if (!resource || path === '/' || protocol === 'TCP' || resource.properties.HealthCheckPath === undefined) return [];
  const owners = new Set(
    fleet.instances
      .filter(({ address }) => group.targets.some((target) => target.address === address))
      .map(({ statedBy }) => statedBy),
  );
  return [...owners].flatMap((key): Finding[] => {
    const owner = resourceOf(inventory, key);
    const script = owner && userDataOf(inventory, owner);
    if (!owner || !script || serves(script, path) !== 'no') return [];
    return [
      {
        resource,
        outcome: 'broken',
        cause: words(
          `The health check asks for ${path}, and user data of ${owner.logicalId} sets up no such path: a 404 is unhealthy.`,
          `상태 확인은 ${path}{을/를} 요청하는데 ${owner.logicalId}의 사용자 데이터에는 이 경로가 없습니다. 404 응답은 비정상입니다.`,
        ),
        next: words(
          `Correct HealthCheckPath, or serve ${path}.`,
          `HealthCheckPath를 고치거나 ${path}{을/를} 제공하세요.`,
        ),
        path: [],
        at: { resource, path: ['HealthCheckPath'] },
      },
    ];
  });
}
