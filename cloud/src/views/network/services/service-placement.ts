/** Where a resource type says in which subnets it has interfaces, and what filters them. Paths are written with dots. */
export interface ServicePlacement {
  readonly subnets: string;
  readonly groups: string;
  /** `subnets` names a subnet group of this type. */
  readonly subnetGroup?: string;
  /** The parent that states it where the resource does not: a member of a cluster. */
  readonly parent?: { readonly type: string; readonly reference: string };
  /** Only starts connections: nothing can be started towards it. */
  readonly takesNothing?: true;
  /** The property that gives it a public address, and the value that it has when it is not stated. */
  readonly publicAddress?: { readonly property: string; readonly unless: boolean };
}

/**
 * Services that put interfaces of their own into a VPC's subnets. Each row is read from the type's page in the CloudFormation template
 * reference; that functions and their like take no connections is in
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const servicePlacements: Readonly<Record<string, ServicePlacement>> = {
  'AWS::Lambda::Function': { subnets: 'VpcConfig.SubnetIds', groups: 'VpcConfig.SecurityGroupIds', takesNothing: true },
  'AWS::Serverless::Function': {
    subnets: 'VpcConfig.SubnetIds',
    groups: 'VpcConfig.SecurityGroupIds',
    takesNothing: true,
  },
  'AWS::EFS::MountTarget': { subnets: 'SubnetId', groups: 'SecurityGroups' },
  'AWS::FSx::FileSystem': { subnets: 'SubnetIds', groups: 'SecurityGroupIds' },
  'AWS::ElastiCache::CacheCluster': {
    subnets: 'CacheSubnetGroupName',
    subnetGroup: 'AWS::ElastiCache::SubnetGroup',
    groups: 'VpcSecurityGroupIds',
  },
  'AWS::ElastiCache::ReplicationGroup': {
    subnets: 'CacheSubnetGroupName',
    subnetGroup: 'AWS::ElastiCache::SubnetGroup',
    groups: 'SecurityGroupIds',
  },
  'AWS::ElastiCache::ServerlessCache': { subnets: 'SubnetIds', groups: 'SecurityGroupIds' },
  'AWS::MemoryDB::Cluster': {
    subnets: 'SubnetGroupName',
    subnetGroup: 'AWS::MemoryDB::SubnetGroup',
    groups: 'SecurityGroupIds',
  },
  'AWS::DAX::Cluster': { subnets: 'SubnetGroupName', subnetGroup: 'AWS::DAX::SubnetGroup', groups: 'SecurityGroupIds' },
  'AWS::RDS::DBProxy': { subnets: 'VpcSubnetIds', groups: 'VpcSecurityGroupIds' },
  'AWS::RDS::DBProxyEndpoint': { subnets: 'VpcSubnetIds', groups: 'VpcSecurityGroupIds' },
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
  'AWS::ECS::Service': {
    subnets: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    groups: 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
    publicAddress: { property: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', unless: false },
  },
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

/** Types whose interfaces are read elsewhere, or that name subnets and hold no interface. */
export const holdsNothing =
  /^(?!AWS::)|SubnetGroup$|Association$|Attachment$|::LaunchTemplate$|::LaunchConfiguration$|::FlowLog$|::NetworkAcl|::Route|::SecurityGroup|::Subnet|::VPC|::VPN|::Instance$|::NetworkInterface|::NatGateway$|::AutoScalingGroup$|LoadBalancing|^AWS::RDS::DB(Instance|Cluster)$|DBCluster$|::EC2::|::CloudFormation::|::IAM::|::SSM::|::Events::|::Scheduler::|::StepFunctions::|::Logs::|::CloudWatch::|::Lambda::(?!Function)|::ECS::(?!Service)|::Config::|::RAM::/;
