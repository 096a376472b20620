import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { isObject } from '@terrace/cloud/json';
import { at } from './needs/need.ts';

/**
 * The roles that a resource hands over: named directly, by an instance profile, or by a launch template that names one.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles(
  inventory: Inventory,
  resource: Resource,
  passes: { readonly paths: readonly string[]; readonly to: string },
): { readonly arns: readonly string[]; readonly to: string } {
  const stated = passes.paths.flatMap((path) => at(resource.properties, path));
  const arns = [...new Set(stated.flatMap((value) => rolesBehind(inventory, value)))];
  return { arns, to: passes.to };
}

function rolesBehind(inventory: Inventory, value: Json): string[] {
  if (isObject(value)) {
    // `LaunchTemplate` of a group, `IamInstanceProfile` of a launch template, `MixedInstancesPolicy`.
    return Object.values(value).flatMap((each) => rolesBehind(inventory, each));
  }
  const text = String(value);
  const named = inventory.resources.find(
    (each) => each.physicalId === text || each.attributes.Arn === text || each.attributes.LaunchTemplateId === text,
  );
  switch (named?.type) {
    case 'AWS::IAM::Role':
      return [roleArn(inventory, named)];
    case 'AWS::IAM::InstanceProfile':
      return at(named.properties, 'Roles.*').flatMap((role) => rolesBehind(inventory, role));
    case 'AWS::EC2::LaunchTemplate':
      return at(named.properties, 'LaunchTemplateData.IamInstanceProfile').flatMap((profile) =>
        rolesBehind(inventory, profile),
      );
    case undefined:
      return text.includes(':role/') ? [text] : [];
    default:
      return [];
  }
}

function roleArn(inventory: Inventory, role: Resource): string {
  return typeof role.attributes.Arn === 'string'
    ? role.attributes.Arn
    : `arn:aws:iam::${inventory.account}:role/${role.physicalId}`;
}
