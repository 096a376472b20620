import { at } from '@terrace/cloud/families/contract/need';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { isObject } from '@terrace/cloud/json';

/**
 * The roles that a resource hands over: named directly, by an instance profile, or by a launch template that names one. What stands outside of the
 * template may hand over any role.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles(
  inventory: Inventory,
  resource: Resource,
  passes: { readonly paths: readonly string[]; readonly to: string },
): { readonly arns: readonly string[]; readonly to: string } {
  const stated = passes.paths.flatMap((path) => at(resource.properties, path));
  const arns = [...new Set(stated.flatMap((value) => rolesBehind(inventory, value)))].sort();
  return { arns, to: passes.to };
}

function rolesBehind(inventory: Inventory, value: Json): string[] {
  if (isObject(value)) {
    // `IamInstanceProfile` of a launch template.
    if (value.Arn !== undefined || value.Name !== undefined) return rolesBehind(inventory, value.Arn ?? value.Name!);
    // `LaunchTemplate` of a group.
    const template = value.LaunchTemplateId ?? value.LaunchTemplateName;
    if (template !== undefined) return rolesBehind(inventory, template);
    // `MixedInstancesPolicy`.
    return [value.LaunchTemplate, value.LaunchTemplateSpecification, ...lists(value.Overrides)].flatMap((each) =>
      each === undefined ? [] : rolesBehind(inventory, each),
    );
  }
  const text = String(value);
  const named = inventory.resources.find(
    (each) =>
      each.physicalId === text ||
      each.attributes.Arn === text ||
      each.attributes.LaunchTemplateId === text ||
      (each.type === 'AWS::EC2::LaunchTemplate' && each.properties.LaunchTemplateName === text),
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
      return [text.includes(':role/') ? text : `arn:aws:iam::${inventory.account}:role/*`];
    default:
      return [];
  }
}

function lists(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function roleArn(inventory: Inventory, role: Resource): string {
  return typeof role.attributes.Arn === 'string'
    ? role.attributes.Arn
    : `arn:aws:iam::${inventory.account}:role/${role.physicalId}`;
}
