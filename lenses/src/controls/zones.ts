import { engineOf } from '@terrace/cloud/families/database/database';
import { ofType, type Resource } from '@terrace/cloud/inventory';
import { flag, texts } from '@terrace/cloud/property';
import { words } from '@terrace/cloud/words';
import type { Control, Finding, Ground } from './control.ts';
import { resourceOf } from './find.ts';

/** A zone may fail. */
export const zones: readonly Control[] = [
  {
    id: 'GROUP_IN_ONE_ZONE',
    severity: 'high',
    what: words(
      'An Auto Scaling group behind a load balancer stands in two zones or more.',
      '로드 밸런서 뒤의 Auto Scaling 그룹은 둘 이상의 가용 영역에 있어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2',
    nag: [],
    find: (ground) =>
      ofType(ground.inventory, 'AWS::AutoScaling::AutoScalingGroup')
        .filter(
          ({ properties }) =>
            texts(properties, 'TargetGroupARNs').length + texts(properties, 'LoadBalancerNames').length > 0,
        )
        .flatMap((resource) => inOneZone(ground, resource, 'VPCZoneIdentifier')),
  },
  {
    id: 'BALANCER_IN_ONE_ZONE',
    severity: 'high',
    what: words(
      'A load balancer has nodes in two zones or more.',
      '로드 밸런서의 노드는 둘 이상의 가용 영역에 있어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/elb-controls.html#elb-13',
    nag: [],
    find: (ground) =>
      ground.balancing.balancers
        .flatMap(({ statedBy }) => resourceOf(ground.inventory, statedBy) ?? [])
        .flatMap((resource) => inOneZone(ground, resource, 'Subnets')),
  },
  {
    id: 'DATABASE_IN_ONE_ZONE',
    severity: 'medium',
    what: words(
      'A database has a standby in another zone.',
      '데이터베이스는 다른 가용 영역에 대기 인스턴스가 있어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/rds-controls.html#rds-5',
    nag: ['AwsSolutions-RDS3'],
    find: ({ inventory }) =>
      ofType(inventory, 'AWS::RDS::DBInstance')
        .filter(({ properties }) => !flag(properties, 'MultiAZ') && !engineOf(properties).startsWith('aurora'))
        .filter(
          ({ properties }) =>
            properties.SourceDBInstanceIdentifier === undefined && properties.DBClusterIdentifier === undefined,
        )
        .map(
          (resource): Finding => ({
            resource,
            outcome: 'broken',
            cause: words(
              `${resource.logicalId} stands in one zone: while the zone fails there is no database.`,
              `${resource.logicalId}{이/가} 한 가용 영역에만 있어 그 영역에 장애가 나면 데이터베이스를 쓸 수 없습니다.`,
            ),
            next: words('Set MultiAZ to true (twice the price).', 'MultiAZ를 true로 하세요(요금은 두 배).'),
            at: { resource, path: ['MultiAZ'] },
            path: [],
          }),
        ),
  },
];

/** By its subnets, or by the zones that it names where it stands in the default VPC. */
function inOneZone({ network }: Ground, resource: Resource, property: string): Finding[] {
  const ids = texts(resource.properties, property);
  const named = texts(resource.properties, 'AvailabilityZones');
  const at = ids.length > 0 ? property : 'AvailabilityZones';
  const zones = ids.length > 0 ? ids.map((id) => network.subnets.find((each) => each.id === id)?.zone) : named;
  const known = new Set(zones.flatMap((zone) => zone ?? []));
  if (zones.length === 0 || known.size > 1) return [];
  const unknown = zones.filter((zone) => zone === undefined).length;
  const place = { resource, at: { resource, path: [at] }, path: [] };
  const next = words('Add a subnet of another zone.', '다른 가용 영역의 서브넷을 추가하세요.');
  if (unknown > 0)
    return [
      {
        ...place,
        outcome: 'unknown',
        cause: words(
          `It is not known in which zones ${resource.logicalId} stands: ${unknown} of its subnets are outside of the template.`,
          `${resource.logicalId}{이/가} 어느 가용 영역에 있는지 알 수 없습니다. 서브넷 ${unknown}개가 템플릿 밖에 있습니다.`,
        ),
        next,
      },
    ];
  const [zone = ''] = known;
  return [
    {
      ...place,
      outcome: 'broken',
      cause: words(
        `${resource.logicalId} stands in ${zone} only: while that zone fails nobody answers.`,
        `${resource.logicalId}{이/가} ${zone}에만 있어 그 영역에 장애가 나면 아무도 응답하지 않습니다.`,
      ),
      next,
    },
  ];
}
