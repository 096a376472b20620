import type { Resource } from '../../inventory.ts';
import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { type NetworkSite, texts } from './site.ts';

/** What stands in subnets and has security groups: which properties say so. */
interface Membership {
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  /** Where the groups are written. */
  readonly path: readonly string[];
}

/**
 * Subnets of one thing belong to one VPC, and its security groups to the same.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function checkMemberships(site: NetworkSite): void {
  const types = [
    'AWS::EC2::Instance',
    'AWS::EC2::NetworkInterface',
    'AWS::EC2::VPCEndpoint',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::RDS::DBInstance',
    'AWS::AutoScaling::AutoScalingGroup',
  ];
  for (const resource of site.ofType(...types)) {
    const { subnets, groups, path } = membershipOf(site, resource);
    const homes = new Set(subnets.map((id) => site.find(id)?.properties.VpcId).filter((vpc) => vpc !== undefined));
    if (homes.size > 1) {
      site.report(
        mistake('OTHER_VPC', site.at(resource, 'Properties'), {
          cause: words(
            `The subnets of ${resource.logicalId} belong to different VPCs.`,
            `${resource.logicalId}의 서브넷들이 서로 다른 VPC에 있습니다.`,
          ),
          next: words('Name subnets of one VPC.', '한 VPC의 서브넷만 지정하세요.'),
        }),
      );
      continue;
    }
    const [home] = homes.size > 0 ? homes : launchHome(resource);
    const stranger = groups
      .map((id) => site.find(id))
      .find((group) => vpcOf(group) !== undefined && home !== undefined && vpcOf(group) !== home);
    if (stranger) site.report(otherVpc(site, resource, stranger, path));
  }
}

/** The VPC of a group; one that states none is in the default VPC. */
function vpcOf(group: Resource | undefined): Json | undefined {
  return group?.properties.VpcId ?? (group?.attributes.VpcId || undefined);
}

/** The VPC of an instance that names no subnet. */
function launchHome({ type, attributes }: Resource): Json[] {
  return type === 'AWS::EC2::Instance' && attributes.VpcId ? [attributes.VpcId] : [];
}

function otherVpc(site: NetworkSite, resource: Resource, group: Resource, path: readonly string[]) {
  return mistake('OTHER_VPC', site.at(resource, 'Properties', ...path), {
    cause: words(
      `The security group ${group.logicalId} belongs to another VPC than the subnets of ${resource.logicalId}.`,
      `보안 그룹 ${group.logicalId}{은/는} ${resource.logicalId}의 서브넷과 다른 VPC에 있습니다.`,
    ),
    next: words('Name a group of the same VPC.', '같은 VPC의 그룹을 지정하세요.'),
  });
}

export function membershipOf(site: NetworkSite, resource: Resource): Membership {
  const { properties } = resource;
  switch (resource.type) {
    case 'AWS::EC2::Instance':
      return {
        subnets: one(properties.SubnetId),
        groups: texts(properties.SecurityGroupIds),
        path: ['SecurityGroupIds'],
      };
    case 'AWS::EC2::NetworkInterface':
      return { subnets: one(properties.SubnetId), groups: texts(properties.GroupSet), path: ['GroupSet'] };
    case 'AWS::EC2::VPCEndpoint':
      return {
        subnets: texts(properties.SubnetIds),
        groups: texts(properties.SecurityGroupIds),
        path: ['SecurityGroupIds'],
      };
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      const mapped = Array.isArray(properties.SubnetMappings) ? properties.SubnetMappings.filter(isObject) : [];
      const subnets = [...texts(properties.Subnets), ...mapped.flatMap((each) => one(each.SubnetId))];
      return { subnets, groups: texts(properties.SecurityGroups), path: ['SecurityGroups'] };
    }
    case 'AWS::RDS::DBInstance': {
      const group = site
        .ofType('AWS::RDS::DBSubnetGroup')
        .find((each) => each.physicalId === properties.DBSubnetGroupName);
      const subnets = texts(group?.properties.SubnetIds);
      return { subnets, groups: texts(properties.VPCSecurityGroups), path: ['VPCSecurityGroups'] };
    }
    default:
      return {
        subnets: texts(properties.VPCZoneIdentifier),
        groups: launchGroups(site, properties.LaunchTemplate),
        path: ['LaunchTemplate'],
      };
  }
}

function launchGroups(site: NetworkSite, specification: Json | undefined): string[] {
  const template = isObject(specification) ? site.find(specification.LaunchTemplateId) : undefined;
  const data = template?.properties.LaunchTemplateData;
  return isObject(data) ? texts(data.SecurityGroupIds) : [];
}

function one(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}
