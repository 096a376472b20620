import { findResource, type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { object, objects, text } from '../../property.ts';

/**
 * What an instance is launched with, in the words of a launch template: an instance's own properties come before its
 * launch template's; the members of an Auto Scaling group have its launch configuration's or its launch template's, with the first
 * instance type that its mixed instances policy lists.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
 */
export function launchData(inventory: Inventory, { type, properties }: Resource): JsonObject {
  if (type === 'AWS::EC2::Instance') {
    return { ...templateData(inventory, object(properties, 'LaunchTemplate')), ...properties };
  }
  const configuration = ofType(inventory, 'AWS::AutoScaling::LaunchConfiguration').find(
    (each) => each.physicalId === text(properties, 'LaunchConfigurationName'),
  );
  if (configuration) return configuration.properties;
  const mixed = object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate');
  const instanceType = objects(mixed, 'Overrides').find((each) => each.InstanceType !== undefined)?.InstanceType;
  return {
    ...templateData(inventory, {
      ...object(mixed, 'LaunchTemplateSpecification'),
      ...object(properties, 'LaunchTemplate'),
    }),
    ...(instanceType === undefined ? {} : { InstanceType: instanceType }),
  };
}

function templateData(inventory: Inventory, specification: JsonObject): JsonObject {
  const id = text(specification, 'LaunchTemplateId');
  const name = text(specification, 'LaunchTemplateName');
  const template =
    (id === undefined ? undefined : findResource(inventory, id)) ??
    ofType(inventory, 'AWS::EC2::LaunchTemplate').find(
      (each) => name !== undefined && text(each.properties, 'LaunchTemplateName') === name,
    );
  return template ? object(template.properties, 'LaunchTemplateData') : {};
}
