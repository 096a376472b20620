import type { JsonObject } from '../json.ts';

export type SubnetType = 'Public' | 'Private' | 'Isolated';

export interface GroupedSubnet {
  readonly type: SubnetType;
  readonly group: string;
  readonly subnetId: string;
  readonly cidr: string;
  readonly availabilityZone: string;
  readonly routeTableId: string;
}

/** The shape that CDK's constructs read: `VpcContextResponse` of its cx-api. */
export function vpcContext(vpc: JsonObject, subnets: readonly GroupedSubnet[], isAsymmetric: boolean): JsonObject {
  if (!isAsymmetric) return { ...vpc, ...symmetric(subnets) };
  const names = [...new Set(subnets.map(({ type, group }) => `${type} ${group}`))];
  return {
    ...vpc,
    availabilityZones: [],
    subnetGroups: names.map((name) => {
      const members = subnets.filter(({ type, group }) => `${type} ${group}` === name).sort(byZone);
      return {
        name: members[0]!.group,
        type: members[0]!.type,
        subnets: members.map(({ type: _, group: _group, ...subnet }) => subnet),
      };
    }),
  };
}

/** The older shape, with as many subnets of each group as there are zones. */
function symmetric(subnets: readonly GroupedSubnet[]): JsonObject {
  const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))].sort();
  const ofType = (type: SubnetType, name: string): JsonObject => {
    const members = subnets.filter((each) => each.type === type).sort(byZone);
    if (members.length === 0) return {};
    return {
      [`${name}SubnetIds`]: members.map(({ subnetId }) => subnetId),
      [`${name}SubnetNames`]: [...new Set(members.map(({ group }) => group))],
      [`${name}SubnetRouteTableIds`]: members.map(({ routeTableId }) => routeTableId),
    };
  };
  return {
    availabilityZones: zones,
    ...ofType('Public', 'public'),
    ...ofType('Private', 'private'),
    ...ofType('Isolated', 'isolated'),
  };
}

function byZone(one: GroupedSubnet, other: GroupedSubnet): number {
  return one.group.localeCompare(other.group) || one.availabilityZone.localeCompare(other.availabilityZone);
}
