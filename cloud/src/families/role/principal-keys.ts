import { type Call, type Keys, stated, texts } from '../contract/request-keys.ts';

/** CloudFormation makes roles from no template of AWS's. */
export const noTemplate: Keys = { 'iam:RoleTemplateARN': undefined };

/**
 * A boundary that the template sets is in the request that creates the role, and in every later one about it. Managed policies are attached one by
 * one, so that each is a request of its own.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function ofPrincipal({ action, resource }: Call): Keys | readonly Keys[] {
  const bounded = { ...noTemplate, 'iam:PermissionsBoundary': stated(resource.properties.PermissionsBoundary) };
  if (!/^iam:(At|De)tach\w+Policy$/.test(action)) return bounded;
  return texts(resource.properties.ManagedPolicyArns).map((policy) => ({ ...bounded, 'iam:PolicyARN': policy }));
}
