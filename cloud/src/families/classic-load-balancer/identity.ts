import { generatedName, hexadecimal, regional, uuid } from '../../allocate/identifier.ts';
import { texts } from '../../property.ts';
import { type Draft, type Identify, textOf } from '../contract/identity.ts';
import { dnsName } from '../load-balancer/dns-name.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::ElasticLoadBalancing::LoadBalancer': (draft) => {
    const name = textOf(draft, 'LoadBalancerName') ?? generatedName(draft.subject, 32);
    const dns = dnsName(draft, 'classic', name, '');
    return {
      physicalId: name,
      attributes: {
        DNSName: dns,
        CanonicalHostedZoneName: dns,
        CanonicalHostedZoneNameID: `Z${hexadecimal(regional(draft.subject), 'zone classic', 13).toUpperCase()}`,
        'SourceSecurityGroup.GroupName': sourceGroup(draft),
        'SourceSecurityGroup.OwnerAlias': draft.subject.account,
      },
    };
  },
};

/**
 * The name that the balancer's first group is called by. In the default VPC, Elastic Load Balancing makes one for a balancer that names none.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-groups.html
 */
function sourceGroup(draft: Draft): string {
  const [first] = texts(draft.properties, 'SecurityGroups');
  if (first === undefined)
    return draft.properties.Subnets === undefined ? `default_elb_${uuid(draft.subject, 'group')}` : 'default';
  const group = draft.find(first);
  if (!group) return first;
  const [stack = '', logicalId = ''] = group.key.split('/');
  return textOf(group, 'GroupName') ?? generatedName({ ...draft.subject, stack, logicalId }, 255);
}
