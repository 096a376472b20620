import type { Inventory, Resource } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { text } from '../property.ts';
import { words } from '../words.ts';
import type { ChangedResource } from './inventory-change.ts';

/**
 * What AWS would refuse of a change: that a resource is replaced and keeps the name, or the private address, that the template states. AWS makes the
 * new one before it deletes the old.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html#cfn-ec2-instance-privateipaddress
 *
 * @param changes the difference of the two, by `inventoryChange`
 */
export function namesInUse(before: Inventory, after: Inventory, changes: readonly ChangedResource[]): Mistake[] {
  const replaced = new Set(changes.flatMap(({ key, change }) => (change === 'replacement' ? [key] : [])));
  const former = new Map(before.resources.map((each) => [each.key, each]));
  return after.resources.flatMap((resource) => {
    const own = replaced.has(resource.key) ? former.get(resource.key) : undefined;
    if (own?.type !== resource.type) return [];
    return namingProperties(resource.type).flatMap((property) => {
      const name = text(resource.properties, property);
      return name !== undefined && name === text(own.properties, property) ? [nameInUse(resource, property, name)] : [];
    });
  });
}

/** What another may not have at the same time: as AWS calls it, after the type or plainly. */
function namingProperties(type: string): string[] {
  const [, service = '', kind = ''] = type.split('::');
  if (service === 'Route53') return []; // several zones may have one name
  if (['AWS::EC2::Instance', 'AWS::EC2::NetworkInterface'].includes(type)) return ['PrivateIpAddress'];
  if (type === 'AWS::EC2::SecurityGroup') return ['GroupName'];
  return ['Name', `${kind}Name`, `${kind}Identifier`];
}

function nameInUse(resource: Resource, property: string, name: string): Mistake {
  const { stack, logicalId, place } = resource;
  const address = property === 'PrivateIpAddress';
  return mistake(
    'NAME_IN_USE',
    { ...place, path: `Properties.${property}` },
    {
      cause: words(
        `AWS would refuse this update of ${stack}: ${logicalId} is replaced, the new one is made before the old one goes, and both would have the ${address ? 'address' : 'name'} "${name}". Only here is it carried out.`,
        `AWS는 ${stack}의 이 업데이트를 거부합니다. ${logicalId}{은/는} 교체되는데, 예전 것이 없어지기 전에 새것이 만들어지므로 둘의 ${address ? '주소' : '이름'}이 "${name}"{으로/로} 같아집니다. 여기에서만 그대로 반영합니다.`,
      ),
      next: words(
        `Before you deploy it: change ${property} too, or leave it out so that AWS chooses.`,
        `배포하기 전에 ${property}도 바꾸거나, 생략하여 AWS가 정하게 하세요.`,
      ),
    },
  );
}
