import { findResource, type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import { object, text } from '@terrace/cloud/views/network/property';

/**
 * What an instance is launched with, in the words of a launch template: an instance's own properties come
 * before its launch template's; a group's members have its launch template's or launch configuration's.
 */
export function launchData(inventory: Inventory, statedBy: Resource): JsonObject {
  const { properties } = statedBy;
  if (statedBy.type === 'AWS::EC2::Instance') {
    return { ...templateData(inventory, object(properties, 'LaunchTemplate')), ...properties };
  }
  const configuration = ofType(inventory, 'AWS::AutoScaling::LaunchConfiguration').find(
    (each) => each.physicalId === text(properties, 'LaunchConfigurationName'),
  );
  if (configuration) return configuration.properties;
  const mixed = object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate');
  return templateData(inventory, {
    ...object(mixed, 'LaunchTemplateSpecification'),
    ...object(properties, 'LaunchTemplate'),
  });
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
