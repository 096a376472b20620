import type { Reader } from '@terrace/cloud/families/contract/charge';
import { free } from '@terrace/cloud/families/contract/charge';
import { charges } from '@terrace/cloud/families/registry';
import { applicationReaders } from './applications.ts';
import { balancerReaders } from './balancers.ts';
import { edgeReaders } from './edge.ts';
import { instanceReaders } from './instances.ts';
import { networkReaders } from './network.ts';
import { volumeReaders } from './volumes.ts';

/** Every resource type that something is paid for, with what reads it. */
const readers: Readonly<Record<string, Reader>> = {
  ...instanceReaders,
  ...volumeReaders,
  ...networkReaders,
  ...balancerReaders,
  ...applicationReaders,
  ...edgeReaders,
};

/** What turns a resource of this type into charges; `free` where AWS asks nothing for it; `undefined` for a type that is unpriced. */
export function chargesOf(type: string): Reader | typeof free | undefined {
  return charges[type] ?? readers[type] ?? (isFree(type) ? free : undefined);
}

/**
 * Whether AWS asks nothing for a resource itself: what it causes elsewhere (instances of a group, mails of a
 * subscription) is counted there. A type that is neither read nor here is unpriced, and the bill says so.
 */
function isFree(type: string): boolean {
  return freeTypes.has(type) || freeFamilies.some((family) => type.startsWith(family));
}

const freeFamilies = [
  'AWS::IAM::',
  'AWS::CDK::',
  'AWS::CloudFormation::',
  'AWS::AutoScaling::',
  'AWS::ApplicationAutoScaling::',
  'Custom::',
] as const;

const freeTypes: ReadonlySet<string> = new Set([
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayRouteTable',
  'AWS::EC2::TransitGatewayRoute',
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  'AWS::EC2::TransitGatewayRouteTablePropagation',
  'AWS::EC2::VPNConnectionRoute',
  'AWS::EC2::VPNGatewayRoutePropagation',
  'AWS::EC2::GatewayRouteTableAssociation',
  'AWS::EC2::KeyPair',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::NetworkInterfaceAttachment',
  'AWS::EC2::PlacementGroup',
  'AWS::EC2::VolumeAttachment',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::CertificateManager::Certificate',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::Account',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::AccessPoint',
  'AWS::WAFv2::WebACLAssociation',
  'AWS::WAFv2::IPSet',
  'AWS::WAFv2::RegexPatternSet',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::CloudFrontOriginAccessIdentity',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::VpcOrigin',
  'AWS::GlobalAccelerator::Listener',
  'AWS::GlobalAccelerator::EndpointGroup',
]);
