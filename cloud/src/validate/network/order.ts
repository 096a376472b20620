import { isPrivate } from '../../families/nat-gateway/nat-gateway.ts';
import type { Resource } from '../../inventory.ts';
import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { type NetworkSite, texts } from './site.ts';

/**
 * What has a public address, or a route to the internet gateway, is made after the gateway's attachment only if it says so: a reference to the
 * gateway does not wait for the attachment.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
export function checkGatewayOrder(site: NetworkSite): void {
  const attachments = site
    .ofType('AWS::EC2::VPCGatewayAttachment')
    .filter(({ properties }) => properties.InternetGatewayId !== undefined);
  for (const attachment of attachments) {
    for (const each of needing(site, attachment)) {
      if (each.resource.stack !== attachment.stack || site.waitsFor(each.resource, attachment)) continue;
      const { logicalId } = each.resource;
      site.warn(
        mistake('MISSING_DEPENDENCY', site.at(each.resource, 'Properties', ...each.path), {
          cause: words(
            `${logicalId} does not wait for ${attachment.logicalId}; AWS may try to create it before the gateway is attached.`,
            `${logicalId}{은/는} ${attachment.logicalId}{을/를} 기다리지 않습니다. 게이트웨이가 연결되기 전에 AWS가 만들려 할 수 있습니다.`,
          ),
          next: words(
            `Add "DependsOn": "${attachment.logicalId}".`,
            `"DependsOn": "${attachment.logicalId}"{을/를} 추가하세요.`,
          ),
        }),
      );
    }
  }
}

interface Needing {
  readonly resource: Resource;
  readonly path: readonly string[];
}

/** Everything of the attachment's VPC that needs the gateway, and the property that says so. */
function needing(site: NetworkSite, attachment: Resource): Needing[] {
  const { VpcId, InternetGatewayId } = attachment.properties;
  const isHere = (subnet: Json | undefined) => site.find(subnet)?.properties.VpcId === VpcId;
  const isPublic = (subnet: Json | undefined) =>
    isHere(subnet) && isTrue(site.find(subnet)?.properties.MapPublicIpOnLaunch);
  const found = (type: string, path: string, needs: (resource: Resource) => boolean): Needing[] =>
    site
      .ofType(`AWS::${type}`)
      .filter(needs)
      .map((resource) => ({ resource, path: [path] }));
  const instanceHere = (id: Json | undefined) => isHere(subnetOf(site.find(id)));
  return [
    ...found('EC2::Route', 'GatewayId', ({ properties }) => properties.GatewayId === InternetGatewayId),
    ...found('EC2::EIP', 'InstanceId', ({ properties }) => instanceHere(properties.InstanceId)),
    ...found(
      'EC2::EIPAssociation',
      'AllocationId',
      ({ properties }) => instanceHere(properties.InstanceId) || instanceHere(properties.NetworkInterfaceId),
    ),
    ...found('EC2::NatGateway', 'SubnetId', ({ properties }) => !isPrivate(properties) && isHere(properties.SubnetId)),
    ...found('EC2::Instance', 'SubnetId', (resource) => {
      const stated = addressStated(resource.properties.NetworkInterfaces);
      return stated === undefined ? isPublic(subnetOf(resource)) : stated && isHere(subnetOf(resource));
    }),
    ...found('AutoScaling::AutoScalingGroup', 'VPCZoneIdentifier', ({ properties }) => {
      const stated = addressStated(launched(site, properties.LaunchTemplate));
      const subnets = texts(properties.VPCZoneIdentifier);
      return stated === undefined ? subnets.some(isPublic) : stated && subnets.some(isHere);
    }),
    ...found('ElasticLoadBalancingV2::LoadBalancer', 'Scheme', ({ properties }) => {
      const mapped = Array.isArray(properties.SubnetMappings) ? properties.SubnetMappings.filter(isObject) : [];
      const subnets = [...texts(properties.Subnets), ...mapped.map(({ SubnetId }) => SubnetId)];
      return (properties.Scheme ?? 'internet-facing') === 'internet-facing' && subnets.some(isHere);
    }),
    ...found('RDS::DBInstance', 'PubliclyAccessible', ({ properties }) => {
      const group = site
        .ofType('AWS::RDS::DBSubnetGroup')
        .find(({ physicalId }) => physicalId === properties.DBSubnetGroupName);
      return isTrue(properties.PubliclyAccessible) && texts(group?.properties.SubnetIds).some(isHere);
    }),
  ];
}

function subnetOf(resource: Resource | undefined): Json | undefined {
  const interfaces = resource?.properties.NetworkInterfaces;
  const first = Array.isArray(interfaces) ? interfaces.find(isObject) : undefined;
  return resource?.properties.SubnetId ?? first?.SubnetId;
}

/** Whether the launch says of its first interface that it has a public address; `undefined` where it leaves that to the subnet. */
function addressStated(interfaces: Json | undefined): boolean | undefined {
  const stated = Array.isArray(interfaces) ? interfaces.filter(isObject) : [];
  const given = stated.find(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress !== undefined);
  return given && isTrue(given.AssociatePublicIpAddress);
}

function launched(site: NetworkSite, specification: Json | undefined): Json | undefined {
  const template = isObject(specification) ? site.find(specification.LaunchTemplateId) : undefined;
  const data = template?.properties.LaunchTemplateData;
  return isObject(data) ? data.NetworkInterfaces : undefined;
}

function isTrue(value: Json | undefined): boolean {
  return String(value) === 'true';
}
