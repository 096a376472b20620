import { digits, generatedName, hexadecimal, regional, uuid } from '../../allocate/identifier.ts';
import type { Json } from '../../json.ts';
import { texts } from '../../property.ts';
import { arn, type Draft, type Identify, textOf } from '../contract/identity.ts';

/** Load balancers of both generations. */
export const loadBalancing: Readonly<Record<string, Identify>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (draft) => {
    const type = textOf(draft, 'Type');
    const kind = type === 'network' ? 'net' : type === 'gateway' ? 'gwy' : 'app';
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 32);
    const number = hexadecimal(draft.subject, 'balancer', 16);
    const fullName = `${kind}/${name}/${number}`;
    const loadBalancer = arn(draft, 'elasticloadbalancing', `loadbalancer/${fullName}`);
    return {
      physicalId: loadBalancer,
      attributes: {
        LoadBalancerArn: loadBalancer,
        LoadBalancerName: name,
        LoadBalancerFullName: fullName,
        DNSName: dnsName(draft, kind, name, number),
        CanonicalHostedZoneID: `Z${hexadecimal(regional(draft.subject), `zone ${kind}`, 13).toUpperCase()}`,
        SecurityGroups: (draft.properties.SecurityGroups as Json) ?? [],
      },
    };
  },
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
  'AWS::ElasticLoadBalancingV2::TargetGroup': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 32);
    const fullName = `targetgroup/${name}/${hexadecimal(draft.subject, 'targets', 16)}`;
    const group = arn(draft, 'elasticloadbalancing', fullName);
    return {
      physicalId: group,
      attributes: {
        TargetGroupArn: group,
        TargetGroupFullName: fullName,
        TargetGroupName: name,
        LoadBalancerArns: [],
      },
    };
  },
  'AWS::ElasticLoadBalancingV2::Listener': (draft) => {
    const balancer = (textOf(draft, 'LoadBalancerArn') ?? '').split(':loadbalancer/')[1] ?? '';
    const listener = arn(
      draft,
      'elasticloadbalancing',
      `listener/${balancer}/${hexadecimal(draft.subject, 'listener', 16)}`,
    );
    return { physicalId: listener, attributes: { ListenerArn: listener } };
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': (draft) => {
    const listener = (textOf(draft, 'ListenerArn') ?? '').split(':listener/')[1] ?? '';
    const rule = arn(
      draft,
      'elasticloadbalancing',
      `listener-rule/${listener}/${hexadecimal(draft.subject, 'rule', 16)}`,
    );
    return { physicalId: rule, attributes: { RuleArn: rule, IsDefault: false } };
  },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: {},
  }),
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

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-dns-name
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#dns-name
 */
function dnsName(draft: Draft, kind: string, name: string, number: string): string {
  const { region } = draft.subject;
  if (kind === 'net') return `${name}-${number}.elb.${region}.${draft.urlSuffix}`;
  const internal = textOf(draft, 'Scheme') === 'internal' ? 'internal-' : '';
  return `${internal}${name}-${digits(draft.subject, 'name', 10)}.${region}.elb.${draft.urlSuffix}`;
}
