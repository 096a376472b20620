import { type Prefix6, parsePrefix6 } from '../../../address6.ts';
import { type Inventory, ofType } from '../../../inventory.ts';
import { text } from '../../../property.ts';

/**
 * The IPv6 range of each subnet that has one, by the subnet's id: stated with the subnet, or associated by a resource of its own.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetcidrblock.html
 */
export function subnetRanges6(inventory: Inventory): ReadonlyMap<string, Prefix6> {
  const associated = ofType(inventory, 'AWS::EC2::SubnetCidrBlock').map(
    ({ properties }) => [text(properties, 'SubnetId'), text(properties, 'Ipv6CidrBlock')] as const,
  );
  const stated = ofType(inventory, 'AWS::EC2::Subnet').map(
    ({ physicalId, properties }) => [physicalId, text(properties, 'Ipv6CidrBlock')] as const,
  );
  return new Map(
    [...associated, ...stated].flatMap(([subnet, block]): [string, Prefix6][] => {
      const range = parsePrefix6(block ?? '');
      return subnet !== undefined && range ? [[subnet, range]] : [];
    }),
  );
}
