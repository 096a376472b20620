import type { Placements } from '../contract/placement.ts';

/** Who takes no connections only starts them, as functions do. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const placements: Placements = {
  'AWS::MemoryDB::Cluster': {
    subnets: 'SubnetGroupName',
    subnetGroup: 'AWS::MemoryDB::SubnetGroup',
    groups: 'SecurityGroupIds',
  },
  'AWS::DAX::Cluster': { subnets: 'SubnetGroupName', subnetGroup: 'AWS::DAX::SubnetGroup', groups: 'SecurityGroupIds' },
  'AWS::DocDB::DBInstance': {
    subnets: 'DBSubnetGroupName',
    subnetGroup: 'AWS::DocDB::DBSubnetGroup',
    groups: 'VpcSecurityGroupIds',
    parent: { type: 'AWS::DocDB::DBCluster', reference: 'DBClusterIdentifier' },
  },
  'AWS::Neptune::DBInstance': {
    subnets: 'DBSubnetGroupName',
    subnetGroup: 'AWS::Neptune::DBSubnetGroup',
    groups: 'VpcSecurityGroupIds',
    parent: { type: 'AWS::Neptune::DBCluster', reference: 'DBClusterIdentifier' },
  },
  'AWS::OpenSearchService::Domain': { subnets: 'VPCOptions.SubnetIds', groups: 'VPCOptions.SecurityGroupIds' },
  'AWS::Elasticsearch::Domain': { subnets: 'VPCOptions.SubnetIds', groups: 'VPCOptions.SecurityGroupIds' },
  'AWS::DMS::ReplicationInstance': {
    subnets: 'ReplicationSubnetGroupIdentifier',
    subnetGroup: 'AWS::DMS::ReplicationSubnetGroup',
    groups: 'VpcSecurityGroupIds',
    publicAddress: { property: 'PubliclyAccessible', unless: true },
  },
  'AWS::Redshift::Cluster': {
    subnets: 'ClusterSubnetGroupName',
    subnetGroup: 'AWS::Redshift::ClusterSubnetGroup',
    groups: 'VpcSecurityGroupIds',
    publicAddress: { property: 'PubliclyAccessible', unless: false },
  },
  'AWS::RedshiftServerless::Workgroup': {
    subnets: 'SubnetIds',
    groups: 'SecurityGroupIds',
    publicAddress: { property: 'PubliclyAccessible', unless: false },
  },
  'AWS::MSK::Cluster': { subnets: 'BrokerNodeGroupInfo.ClientSubnets', groups: 'BrokerNodeGroupInfo.SecurityGroups' },
  'AWS::AmazonMQ::Broker': {
    subnets: 'SubnetIds',
    groups: 'SecurityGroups',
    publicAddress: { property: 'PubliclyAccessible', unless: false },
  },
  'AWS::EKS::Cluster': { subnets: 'ResourcesVpcConfig.SubnetIds', groups: 'ResourcesVpcConfig.SecurityGroupIds' },
  'AWS::SageMaker::NotebookInstance': { subnets: 'SubnetId', groups: 'SecurityGroupIds' },
  'AWS::MWAA::Environment': {
    subnets: 'NetworkConfiguration.SubnetIds',
    groups: 'NetworkConfiguration.SecurityGroupIds',
  },
  'AWS::EC2::InstanceConnectEndpoint': { subnets: 'SubnetId', groups: 'SecurityGroupIds' },
  'AWS::CodeBuild::Project': {
    subnets: 'VpcConfig.Subnets',
    groups: 'VpcConfig.SecurityGroupIds',
    takesNothing: true,
  },
  'AWS::AppRunner::VpcConnector': { subnets: 'Subnets', groups: 'SecurityGroups', takesNothing: true },
  'AWS::ApiGatewayV2::VpcLink': { subnets: 'SubnetIds', groups: 'SecurityGroupIds', takesNothing: true },
};
