import { hexadecimal } from '../../allocate/identifier.ts';
import { zonesOf } from '../../allocate/zones.ts';
import { type Draft, type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::Subnet': identified('subnet', 'SubnetId', (draft) => ({
    AvailabilityZone: zoneOf(draft),
    CidrBlock: textOf(draft, 'CidrBlock') ?? '',
    VpcId: textOf(draft, 'VpcId') ?? '',
    Ipv6CidrBlocks: [textOf(draft, 'Ipv6CidrBlock') ?? []].flat(),
    NetworkAclAssociationId: `aclassoc-0${hexadecimal(draft.subject, 'acl-association', 16)}`,
  })),
};

function zoneOf(draft: Draft): string {
  const stated = textOf(draft, 'AvailabilityZone');
  if (stated !== undefined) return stated;
  const zones = zonesOf(draft.subject.region);
  const number = /-az(\d)$/.exec(textOf(draft, 'AvailabilityZoneId') ?? '')?.[1];
  if (number !== undefined) return zones[Number(number) - 1] ?? (zones[0] as string);
  const { replacements: _, ...subject } = draft.subject; // a subnet's replacement stays in its zone
  return zones[Number.parseInt(hexadecimal(subject, 'zone', 6), 16) % zones.length] as string;
}
