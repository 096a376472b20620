import { classicSubnets } from '../families/classic-load-balancer/classic-subnets.ts';
import { readBucketDeployment, sourceAsset } from '../families/custom-resource/bucket-deployment.ts';
import { launchInterfaces } from '../families/instance/launch-interfaces.ts';
import { groupSubnets } from '../families/instance/launch-subnet.ts';
import { launchData } from '../families/launch-template/launch-data.ts';
import { fidelities } from '../families/registry.ts';
import { everyResource, type Inventory, ofType, type Resource, type ResourceKey } from '../inventory.ts';
import { attribute, flag, objects, text, texts } from '../property.ts';
import { distributionOf } from '../views/distribution.ts';
import { databaseSubnets, subnetGroupName } from '../views/network/placement/subnet-group.ts';
import { subnetsOf } from '../views/network/subnets.ts';
import { vpcsOf } from '../views/network/vpcs.ts';
import { type Words, words } from '../words.ts';

/**
 * Resources that cannot act here although others of their type do, and why: a value that decides is not known, they stand in a network that no
 * template makes, or they belong to one of those.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function unableOf(inventory: Inventory): ReadonlyMap<ResourceKey, Words> {
  const vpcs = new Set(vpcsOf(inventory).map(({ id }) => id));
  const subnets = new Set(subnetsOf(inventory, vpcsOf(inventory)).map(({ id }) => id));
  const unable = new Map<ResourceKey, Words>();
  const byReference = new Map<string, ResourceKey>();
  const stands = standsBy(inventory);
  const runs = new Set((inventory.neighbours ?? []).map(({ physicalId }) => physicalId));
  for (const resource of inventory.resources) {
    const why =
      unknownValue(inventory, resource) ??
      windowsImage(inventory, resource) ??
      misplaced(inventory, resource, vpcs, subnets) ??
      undeployed(inventory, resource) ??
      ownersOf(resource).flatMap((id) => unable.get(byReference.get(id) ?? '') ?? [])[0] ??
      ownerOutside(resource, stands, runs);
    // A satellite that is stated before its owner in the template still stands behind it here: it refers to it.
    if (why) unable.set(resource.key, why);
    byReference.set(resource.physicalId, resource.key);
  }
  return unable;
}

function unknownValue(inventory: Inventory, { key, type }: Resource): Words | undefined {
  const acts = Object.hasOwn(fidelities, type) ? fidelities[type]?.acts : undefined;
  const decides = (path: string) =>
    path === 'Condition' || path === 'Properties' || path === 'Properties.TemplateURL' || acts?.has(path.slice(11));
  return inventory.notKnown.find((each) => each.key === key && decides(each.path))?.why;
}

/** A bucket deployment whose files are in no folder of the assembly, or in an archive that the app brought along. */
function undeployed(inventory: Inventory, { type, properties }: Resource): Words | undefined {
  if (type !== 'Custom::CDKBucketDeployment') return undefined;
  const { sources, extract } = readBucketDeployment(properties);
  for (const source of sources) {
    const asset = sourceAsset(inventory, source);
    if (!asset) return withoutSource(source.key);
    if (extract && asset.packaging === 'file') return inArchive(source.key);
  }
  return undefined;
}

/** A machine of Windows boots on no Linux machine. */
function windowsImage(inventory: Inventory, resource: Resource): Words | undefined {
  if (resource.type !== 'AWS::EC2::Instance' && resource.type !== 'AWS::AutoScaling::AutoScalingGroup')
    return undefined;
  const { distribution } = distributionOf(inventory, launchData(inventory, resource));
  return distribution === 'windows' ? ofWindows : undefined;
}

const ofWindows = words(
  'its image is Windows, which does not boot here: nothing of it is launched',
  '이미지가 Windows인데 여기서는 부팅할 수 없어 시작하지 않습니다',
);

type Place =
  | { readonly kind: 'vpc'; readonly id: string | undefined }
  | { readonly kind: 'subnets'; readonly ids: readonly string[] };

function misplaced(
  inventory: Inventory,
  resource: Resource,
  vpcs: ReadonlySet<string>,
  subnets: ReadonlySet<string>,
): Words | undefined {
  const place = placeOf(inventory, resource);
  if (!place) return undefined;
  if (place.kind === 'vpc')
    return place.id === undefined ? withoutPlace : vpcs.has(place.id) ? undefined : inVpcOutside(place.id);
  if (place.ids.length === 0) return withoutPlace;
  if (place.ids.some((id) => subnets.has(id))) return undefined;
  const stated = ofType(inventory, 'AWS::EC2::Subnet').find(({ physicalId }) => physicalId === place.ids[0]);
  return stated && flag(stated.properties, 'Ipv6Native') ? inSubnetOfIpv6 : inSubnetOutside(place.ids[0] as string);
}

function placeOf(inventory: Inventory, resource: Resource): Place | undefined {
  const { type, properties } = resource;
  const subnet = (id: string | undefined): Place => ({ kind: 'subnets', ids: id === undefined ? [] : [id] });
  switch (type) {
    case 'AWS::EC2::Instance': {
      const first = launchInterfaces(inventory, resource)[0];
      const existing = ofType(inventory, 'AWS::EC2::NetworkInterface').find(
        (each) => each.physicalId === first?.existing,
      );
      return subnet(existing ? text(existing.properties, 'SubnetId') : (first?.subnet ?? first?.existing));
    }
    case 'AWS::AutoScaling::AutoScalingGroup':
      return { kind: 'subnets', ids: groupSubnets(inventory, resource) };
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      const mapped = objects(properties, 'SubnetMappings').flatMap((each) => text(each, 'SubnetId') ?? []);
      return { kind: 'subnets', ids: [...texts(properties, 'Subnets'), ...mapped] };
    }
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return { kind: 'subnets', ids: classicSubnets(inventory, resource) };
    case 'AWS::RDS::DBInstance': {
      const subnets = databaseSubnets(inventory, resource);
      return subnets.length > 0
        ? { kind: 'subnets', ids: subnets }
        : subnet(subnetGroupName(inventory, resource) ?? text(properties, 'DBClusterIdentifier'));
    }
    case 'AWS::RDS::DBSubnetGroup':
      return { kind: 'subnets', ids: texts(properties, 'SubnetIds') };
    case 'AWS::EC2::NatGateway':
    case 'AWS::EC2::NetworkInterface':
      return subnet(text(properties, 'SubnetId'));
    case 'AWS::EC2::Subnet':
    case 'AWS::EC2::RouteTable':
    case 'AWS::EC2::NetworkAcl':
    case 'AWS::EC2::VPCCidrBlock':
    case 'AWS::EC2::VPCEndpoint':
    case 'AWS::EC2::VPCGatewayAttachment':
      return { kind: 'vpc', id: text(properties, 'VpcId') };
    case 'AWS::EC2::SecurityGroup':
      return { kind: 'vpc', id: text(properties, 'VpcId') ?? attribute(resource, 'VpcId') };
    case 'AWS::ElasticLoadBalancingV2::TargetGroup':
      return text(properties, 'TargetType') === 'lambda' ? undefined : { kind: 'vpc', id: text(properties, 'VpcId') };
    default:
      return undefined;
  }
}

/** What a resource is a part of, and does not act without. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Route': ['RouteTableId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['SubnetId', 'RouteTableId'],
  'AWS::EC2::NetworkAclEntry': ['NetworkAclId'],
  'AWS::EC2::VPCPeeringConnection': ['VpcId', 'PeerVpcId'],
  'AWS::EC2::SubnetNetworkAclAssociation': ['SubnetId', 'NetworkAclId'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId'],
  'AWS::EC2::SecurityGroupEgress': ['GroupId'],
  'AWS::EC2::EIPAssociation': ['InstanceId', 'NetworkInterfaceId'],
  'AWS::AutoScaling::ScheduledAction': ['AutoScalingGroupName'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn'],
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': ['ListenerArn'],
};

function ownersOf({ type, properties }: Resource): string[] {
  return (owners[type] ?? []).flatMap((name) => text(properties, name) ?? []);
}

/** By whatever a template may call it: what is known here, and what AWS makes with a VPC. */
function standsBy(inventory: Inventory): (id: string) => boolean {
  const names = everyResource(inventory).flatMap(({ physicalId, attributes, properties }) => [
    physicalId,
    ...Object.values(attributes),
    properties.GroupName,
  ]);
  const withVpc = vpcsOf(inventory).flatMap((vpc) => [
    ...[vpc.mainRouteTable, vpc.defaultNetworkAcl, vpc.defaultSecurityGroup],
  ]);
  const known = new Set([...names, ...withVpc, 'default']);
  return (id) => known.has(id);
}

/** A part of something that stands outside: of what nobody describes, or of what is not run here. */
function ownerOutside(
  resource: Resource,
  stands: (id: string) => boolean,
  runs: ReadonlySet<string>,
): Words | undefined {
  const outside = ownersOf(resource).find((id) => !stands(id));
  if (outside === undefined) return undefined;
  return runs.has(outside) ? ofNeighbour(outside) : ofOutside(outside);
}

function ofOutside(id: string): Words {
  return words(
    `it belongs to ${id}, which stands outside of the templates: terrace import lets Terrace know it`,
    `템플릿 밖에 있는 ${id}에 속합니다. terrace import로 가져오면 Terrace가 알 수 있습니다`,
  );
}

function ofNeighbour(id: string): Words {
  return words(
    `it belongs to ${id}, which runs outside of the templates and is not run here`,
    `템플릿 밖에서 실행 중인 ${id}에 속하는데, 여기서는 그것을 실행하지 않습니다`,
  );
}

const withoutPlace = words('its VPC or its subnets are not known here', '놓일 VPC나 서브넷을 여기서는 알 수 없습니다');

function inVpcOutside(id: string): Words {
  return words(
    `it stands in a VPC outside of the templates (${id}): import it with terrace import, or let a usual one stand in with --assume`,
    `템플릿 밖의 VPC(${id})에 놓입니다. terrace import로 가져오거나 --assume으로 일반적인 VPC를 가정하세요`,
  );
}

function inSubnetOutside(id: string): Words {
  return words(
    `it stands in a subnet outside of the templates (${id}): import it with terrace import, or let a usual one stand in with --assume`,
    `템플릿 밖의 서브넷(${id})에 놓입니다. terrace import로 가져오거나 --assume으로 일반적인 VPC를 가정하세요`,
  );
}

const inSubnetOfIpv6 = words(
  'it stands in a subnet of IPv6 alone, which is not carried out here',
  'IPv6 전용 서브넷에 놓이는데, 그런 서브넷은 여기서 실행하지 않습니다',
);

function withoutSource(key: string): Words {
  return words(`its source ${key} is no asset of the assembly`, `원본 ${key}{이/가} 어셈블리의 에셋에 없습니다`);
}

function inArchive(key: string): Words {
  return words(
    `its source ${key} is an archive of the app’s own, which is not unpacked here: give a folder to Source.asset`,
    `원본 ${key}{은/는} 앱이 가져온 압축 파일이며 여기서는 풀지 않습니다. Source.asset에 폴더를 지정하세요`,
  );
}
