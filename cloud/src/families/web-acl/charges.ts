import type { Resource } from '../../inventory.ts';
import { objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { alike, type Charge, type Charges, free, type Reading, tariff } from '../contract/charge.ts';

/** https://aws.amazon.com/waf/pricing/ */
export const charges: Charges = {
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::WebACLAssociation': free,
  'AWS::WAFv2::IPSet': free,
  'AWS::WAFv2::RegexPatternSet': free,
};

/** A web ACL and each of its rules by the month, and the requests that it looks at. */
function webAcl(resource: Resource, reading: Reading): Charge[] {
  const charge = { resource: resource.key, heading: 'firewall', basis: 'monthly', ends: 'deleted' } as const;
  const rules = objects(resource.properties, 'Rules');
  const all: Charge[] = [
    { ...charge, what: words('web ACL', '웹 ACL'), tariff: tariff('WAF', 'web ACL'), quantity: 1 },
  ];
  if (rules.length > 0) {
    all.push({
      ...charge,
      what: words(`${rules.length} rules`, `규칙 ${rules.length}개`),
      tariff: tariff('WAF', 'rule'),
      quantity: rules.length,
    });
  }
  for (const rule of rules) {
    const name = text(rule, 'Name') ?? '';
    const paid = paidGroups.find((group) => JSON.stringify(rule.Statement ?? {}).includes(`"Name":"${group}"`));
    if (paid === undefined) continue;
    const what = words(`${paid} of rule ${name}`, `규칙 ${name}의 ${paid}`);
    all.push({ ...charge, what, tariff: tariff('WAF', `managed rule group ${paid}`), quantity: 1 });
  }
  const requests = reading.usage.requests / alike(resource, reading);
  all.push({
    ...charge,
    what: words('requests', '요청'),
    tariff: tariff('WAF', 'requests'),
    quantity: requests,
    basis: 'used',
    ends: 'stopped',
  });
  return all;
}

/** Managed groups that AWS bills besides the rule: their prices are not in the data. */
const paidGroups = [
  'AWSManagedRulesBotControlRuleSet',
  'AWSManagedRulesATPRuleSet',
  'AWSManagedRulesACFPRuleSet',
  'AWSManagedRulesAntiDDoSRuleSet',
] as const;
