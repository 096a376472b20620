import { type Inventory, type Resource, shownProperty, unknownProperties } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { type Policy, parsePolicy } from '../policy/policy.ts';

/**
 * The policy of the key that an action of KMS is about: the template's own, or else KMS's default, which leaves the decision to
 * the account's own policies. A key policy has to allow whoever asks, so a request without one would be refused.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicyFor(inventory: Inventory, keys: readonly Json[]): Policy {
  const named = keyNamed(inventory, keys);
  const stated = named
    ? parsePolicy(named.properties.KeyPolicy ?? null, { name: named.logicalId, kind: 'resource', place: named.place })
    : null;
  return stated?.ok ? stated.value : defaultKeyPolicy(inventory.account);
}

/** The property that states the key's policy, where its value is not known. */
export function unknownKeyPolicy(inventory: Inventory, keys: readonly Json[]): string | null {
  const named = keyNamed(inventory, keys);
  return named && unknownProperties(inventory, named).includes('KeyPolicy') ? shownProperty(named, 'KeyPolicy') : null;
}

function keyNamed(inventory: Inventory, keys: readonly Json[]): Resource | undefined {
  return inventory.resources.find(
    (each) =>
      each.type === 'AWS::KMS::Key' && keys.some((key) => key === each.physicalId || key === each.attributes.Arn),
  );
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultKeyPolicy(account: string): Policy {
  const policy = parsePolicy(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'EnableIamPolicies',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    { name: 'default key policy', kind: 'resource' },
  );
  if (!policy.ok) throw new Error(JSON.stringify(policy.mistakes));
  return policy.value;
}
