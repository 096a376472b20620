import type { Resource } from '@terrace/cloud/inventory';
import { type Call, type Keys, type KeysOf, stated, texts } from './request-keys.ts';

/**
 * A boundary that the template sets is in the request that creates the role, and in every later one about it. Managed policies are attached one by
 * one, so that each is a request of its own.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export const keysOfIdentities: Readonly<Record<string, KeysOf>> = {
  'AWS::IAM::Role': ofPrincipal,
  'AWS::IAM::User': ofPrincipal,
  'AWS::IAM::Group': ofPrincipal,
  'AWS::IAM::Policy': ofHolders,
  'AWS::IAM::RolePolicy': ofHolders,
  'AWS::IAM::UserPolicy': ofHolders,
  'AWS::IAM::GroupPolicy': ofHolders,
  'AWS::IAM::ManagedPolicy': (call) => {
    const keys = ofHolders(call);
    return /^iam:(At|De)tach/.test(call.action)
      ? keys.map((each) => ({ ...each, 'iam:PolicyARN': call.resource.physicalId }))
      : keys;
  },
};

/** CloudFormation makes roles from no template of AWS's. */
const always: Keys = { 'iam:RoleTemplateARN': undefined };

function ofPrincipal({ action, resource }: Call): Keys | readonly Keys[] {
  const bounded = { ...always, 'iam:PermissionsBoundary': stated(resource.properties.PermissionsBoundary) };
  if (!/^iam:(At|De)tach\w+Policy$/.test(action)) return bounded;
  return texts(resource.properties.ManagedPolicyArns).map((policy) => ({ ...bounded, 'iam:PolicyARN': policy }));
}

/** Whoever the policy is for; one that stands outside of the template has a boundary that is not known. */
function ofHolders({ action, resource, find }: Call): readonly Keys[] {
  const { properties } = resource;
  const kind = /(Role|User|Group)/.exec(action.split(':')[1] ?? '')?.[1];
  const names = kind
    ? [
        ...texts(properties[`${kind}s`]),
        ...(stated(properties[`${kind}Name`]) ? [stated(properties[`${kind}Name`])!] : []),
      ]
    : [];
  const holders = names.map((name) => find(name));
  if (holders.length === 0) return [always];
  return holders.map((holder) => ({ ...always, ...boundaryOf(holder) }));
}

function boundaryOf(holder: Resource | undefined): Keys {
  return holder ? { 'iam:PermissionsBoundary': stated(holder.properties.PermissionsBoundary) } : {};
}
