import { ofType } from '@terrace/cloud/inventory';
import { number, text, texts } from '@terrace/cloud/property';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { type Words, words } from '@terrace/cloud/words';
import type { TargetHealth } from '../balancing/target-health.ts';
import type { Outline } from '../outline.ts';

/** A member of an Auto Scaling group that is to be replaced, and why. */
export interface UnhealthyMember {
  readonly id: string;
  readonly reason: Words;
}

/**
 * Members that their group replaces because a load balancer finds them unhealthy: where the group's health check type says that it
 * counts, after the grace period, a tenth of the group at a time and at the least one.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html
 *
 * @param ageOf seconds since an instance is running; `null` where it is not
 * @param underWay those that are being replaced
 */
export function unhealthyMembers(
  { inventory, fleet }: Outline,
  health: readonly TargetHealth[],
  ageOf: (id: string) => number | null,
  underWay: ReadonlySet<string>,
): UnhealthyMember[] {
  return ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').flatMap(({ key, properties }) => {
    if (!healthCheckTypes(properties).includes('ELB')) return [];
    const grace = number(properties, 'HealthCheckGracePeriod') ?? 0;
    const targetGroups = new Set(texts(properties, 'TargetGroupARNs'));
    const balancers = texts(properties, 'LoadBalancerNames');
    const counts = ({ id, classic }: TargetGroup) =>
      targetGroups.has(id) || (classic !== undefined && balancers.includes(id.slice(0, id.lastIndexOf(':'))));
    const members = fleet.instances.filter((each) => each.statedBy === key);
    const atOnce = Math.max(1, Math.floor(members.length / 10));
    const room = atOnce - members.filter(({ id }) => underWay.has(id)).length;
    const found = members.flatMap(({ id }): UnhealthyMember[] => {
      const age = ageOf(id);
      const said = health.find((each) => each.target.id === id && counts(each.group) && each.health === 'unhealthy');
      if (!said || age === null || age < grace || underWay.has(id)) return [];
      return [{ id, reason: failed(said, age, grace) }];
    });
    return found.slice(0, Math.max(0, room));
  });
}

/** `EC2` always counts; others are named, apart by commas. */
function healthCheckTypes(properties: Parameters<typeof text>[0]): string[] {
  return (text(properties, 'HealthCheckType') ?? 'EC2').split(',').map((each) => each.trim());
}

function failed({ group, reason }: TargetHealth, age: number, grace: number): Words {
  const seconds = Math.round(age);
  return words(
    `ELB health check: target group ${group.name} found it unhealthy (${reason}), ${seconds} s after launch, with a grace period of ${grace} s`,
    `ELB 상태 확인: 대상 그룹 ${group.name}에서 비정상으로 판정(${reason}), 시작 후 ${seconds}초, 유예 기간 ${grace}초`,
  );
}
