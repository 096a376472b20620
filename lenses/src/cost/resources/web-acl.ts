import { alike, type Charge, type Reader, tariff } from '@terrace/cloud/families/contract/charge';
import { words } from '@terrace/cloud/words';
import { objects, text } from '../properties.ts';

/** A web ACL and each of its rules by the month, and the requests that it looks at. https://aws.amazon.com/waf/pricing/ */
export const webAcl: Reader = (resource, reading) => {
  const charge = { resource: resource.key, heading: 'firewall', basis: 'monthly', ends: 'deleted' } as const;
  const rules = objects(resource.properties.Rules);
  const charges: Charge[] = [
    { ...charge, what: words('web ACL', '웹 ACL'), tariff: tariff('WAF', 'web ACL'), quantity: 1 },
  ];
  if (rules.length > 0) {
    charges.push({
      ...charge,
      what: words(`${rules.length} rules`, `규칙 ${rules.length}개`),
      tariff: tariff('WAF', 'rule'),
      quantity: rules.length,
    });
  }
  for (const { Name, Statement } of rules) {
    const paid = paidGroups.find((group) => JSON.stringify(Statement ?? {}).includes(`"Name":"${group}"`));
    if (paid === undefined) continue;
    const what = words(`${paid} of rule ${text(Name) ?? ''}`, `규칙 ${text(Name) ?? ''}의 ${paid}`);
    charges.push({ ...charge, what, tariff: tariff('WAF', `managed rule group ${paid}`), quantity: 1 });
  }
  const requests = reading.usage.requests / alike(resource, reading);
  charges.push({
    ...charge,
    what: words('requests', '요청'),
    tariff: tariff('WAF', 'requests'),
    quantity: requests,
    basis: 'used',
    ends: 'stopped',
  });
  return charges;
};

/** Managed groups that AWS bills besides the rule: their prices are not in the data. */
const paidGroups = [
  'AWSManagedRulesBotControlRuleSet',
  'AWSManagedRulesATPRuleSet',
  'AWSManagedRulesACFPRuleSet',
  'AWSManagedRulesAntiDDoSRuleSet',
] as const;
