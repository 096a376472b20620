import type { Resource } from '../../inventory.ts';
import { type Call, type Keys, type KeysOf, stated, texts } from '../contract/request-keys.ts';
import { noTemplate } from '../role/principal-keys.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
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
  if (holders.length === 0) return [noTemplate];
  return holders.map((holder) => ({ ...noTemplate, ...boundaryOf(holder) }));
}

function boundaryOf(holder: Resource | undefined): Keys {
  return holder ? { 'iam:PermissionsBoundary': stated(holder.properties.PermissionsBoundary) } : {};
}
