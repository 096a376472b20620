import { formatAddress, parsePrefix } from '../address.ts';
import { resourceIdentifier } from '../allocate/identifier.ts';
import { zonesOf } from '../allocate/zones.ts';
import type { JsonObject } from '../json.ts';
import { suppliedId } from '../views/network/supplied.ts';
import type { Home } from './lookup.ts';
import { type GroupedSubnet, type SubnetType, vpcContext } from './vpc-context.ts';

/**
 * A VPC of the usual form for one that nothing here describes: a public, a private and an isolated /20 subnet in each of the first three zones,
 * the id, range and Name tag as far as they are asked for.
 */
export function usualVpc(
  filter: JsonObject,
  home: Home,
  isAsymmetric: boolean,
): { readonly value: JsonObject; readonly name: string } {
  const stated = [filter['vpc-id'], filter['tag:Name'], filter.cidr].find((each) => each !== undefined);
  const name = stated === undefined ? JSON.stringify(filter) : String(stated);
  const vpcId =
    typeof filter['vpc-id'] === 'string'
      ? filter['vpc-id']
      : resourceIdentifier({ ...home, stack: '', logicalId: JSON.stringify(filter) }, 'vpc');
  const range = parsePrefix(String(filter.cidr ?? '10.0.0.0/16'));
  const types: readonly SubnetType[] = ['Public', 'Private', 'Isolated'];
  const zones = zonesOf(home.region).slice(0, 3);
  const [base, length] = [range?.base ?? 0x0a000000, range?.length ?? 16];
  // Sixteen equal parts, of which at most nine are used.
  const part = 2 ** (32 - Math.min(length + 4, 28));
  const subnets = types.flatMap((type, row): GroupedSubnet[] =>
    zones.map((availabilityZone, column) => ({
      type,
      group: type,
      subnetId: suppliedId('subnet', vpcId, type, availabilityZone),
      cidr: `${formatAddress(base + (row * zones.length + column) * part)}/${Math.min(length + 4, 28)}`,
      availabilityZone,
      routeTableId: suppliedId('rtb', vpcId, type, type === 'Private' ? availabilityZone : ''),
    })),
  );
  const vpc = { vpcId, vpcCidrBlock: `${formatAddress(base)}/${length}`, ownerAccountId: home.account };
  return { value: vpcContext(vpc, subnets, isAsymmetric), name };
}
