import { unemittedMetrics } from '@terrace/cloud/families/alarm/unemitted';
import { policiesWithoutGroup } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { Shortage } from '../scaling/launch-shortage.ts';

interface Warning {
  readonly kind: 'warning';
  readonly mistake: Mistake;
}

/** What `terrace up` warns of. */
export function operationsWarnings(shortages: readonly Shortage[], inventory: Inventory): Warning[] {
  return [
    ...unemittedMetrics(inventory).map(({ alarm, why }) => ({
      kind: 'warning' as const,
      mistake: mistake('METRIC_NOT_EMITTED', alarm.place, { cause: why, next: nameItByRef }),
    })),
    ...shortages.map((each) => launchFailure(each, inventory)),
    ...policiesWithoutGroup(inventory).map(({ policy, group }) => ({
      kind: 'warning' as const,
      mistake: withoutGroup(policy, group),
    })),
  ];
}

const nameItByRef = words(
  'give the dimension by Ref or Fn::GetAtt of the resource; the alarm stays without data until then',
  '차원 값을 리소스의 Ref나 Fn::GetAtt로 지정하세요. 그때까지 경보에는 데이터가 없습니다',
);

function withoutGroup(policy: Resource, group: string): Mistake {
  return mistake('POLICY_WITHOUT_GROUP', policy.place, {
    cause: words(
      `No template has the Auto Scaling group “${group}”: the policy changes nothing here.`,
      `Auto Scaling 그룹 “${group}”{이/가} 템플릿에 없어서 이 정책은 아무것도 바꾸지 않습니다.`,
    ),
    next: words(
      'name a group of the templates by Ref in AutoScalingGroupName',
      'AutoScalingGroupName에 템플릿의 그룹을 Ref로 지정하세요',
    ),
  });
}

/** The group stands with those that it has, and tries again. */
function launchFailure({ group, name, wanted, has, reason }: Shortage, inventory: Inventory): Warning {
  const { place } = inventory.resources.find(({ key }) => key === group)!;
  const told = mistake('LAUNCH_FAILED', place, {
    cause: words(
      `The group ${name} wants ${wanted} instances and has ${has}: ${reason}`,
      `그룹 ${name}의 원하는 용량은 ${wanted}인데 인스턴스가 ${has}개입니다: ${reason}`,
    ),
    next: words(
      'free addresses in its subnets, raise vcpuQuota in terrace.json, or ask for fewer; the group tries again by itself',
      '서브넷의 주소를 비우거나, terrace.json의 vcpuQuota를 올리거나, 원하는 용량을 줄이세요. 그룹이 스스로 다시 시도합니다',
    ),
  });
  return { kind: 'warning', mistake: told };
}
