import { generatedName, hexadecimal, regional } from '../../allocate/identifier.ts';
import type { Json } from '../../json.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';
import { dnsName } from './dns-name.ts';

export const identity: Readonly<Record<string, Identify>> = {
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
