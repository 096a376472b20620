import { digits, generatedName, hexadecimal, regional } from '../../allocate/identifier.ts';
import type { Json } from '../../json.ts';
import { arn, type Draft, type Identify, textOf } from '../contract/identity.ts';

/** Application and Network Load Balancers. */
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
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-dns-name
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#dns-name
 */
function dnsName(draft: Draft, kind: string, name: string, number: string): string {
  const { region } = draft.subject;
  if (kind === 'net') return `${name}-${number}.elb.${region}.${draft.urlSuffix}`;
  const internal = textOf(draft, 'Scheme') === 'internal' ? 'internal-' : '';
  return `${internal}${name}-${digits(draft.subject, 'name', 10)}.${region}.elb.${draft.urlSuffix}`;
}
