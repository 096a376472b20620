import type { JsonObject } from '../json.ts';
import type { UpdateBehavior } from './update-behavior.ts';

/**
 * Behaviours that AWS's specification leaves open or does not tell (it knows replacement only), from the "Update requires" of each
 * property's page in the CloudFormation template reference.
 */
export const interruptions: Readonly<Record<string, UpdateBehavior | ((properties: JsonObject) => UpdateBehavior)>> = {
  'AWS::EC2::Instance.InstanceType': 'interruption',
  'AWS::EC2::Instance.UserData': 'interruption',
  'AWS::EC2::Instance.EbsOptimized': 'interruption',
  'AWS::EC2::Instance.KernelId': 'interruption',
  'AWS::EC2::Instance.RamdiskId': 'interruption',
  'AWS::EC2::Instance.SecurityGroupIds': 'interruption',
  'AWS::EC2::Instance.Tenancy': 'interruption',
  'AWS::EC2::Instance.AdditionalInfo': 'interruption',
  'AWS::EC2::Instance.LaunchTemplate': 'replacement',
  'AWS::EC2::Instance.IamInstanceProfile': 'in-place',
  'AWS::EC2::SecurityGroup.SecurityGroupIngress': 'interruption',
  'AWS::EC2::SecurityGroup.SecurityGroupEgress': 'interruption',
  'AWS::EC2::EIP.InstanceId': 'in-place',
  // AWS updates none of these: whoever wants the volume so has to replace it.
  'AWS::EC2::Volume.AvailabilityZone': 'replacement',
  'AWS::EC2::Volume.Encrypted': 'replacement',
  'AWS::EC2::Volume.KmsKeyId': 'replacement',
  'AWS::EC2::Volume.MultiAttachEnabled': 'replacement',
  'AWS::EC2::Volume.OutpostArn': 'replacement',
  'AWS::EC2::Volume.SnapshotId': 'replacement',
  'AWS::EC2::Volume.SourceVolumeId': 'replacement',
  'AWS::EC2::LaunchTemplate.LaunchTemplateData': 'in-place',
  'AWS::RDS::DBInstance.AllocatedStorage': 'in-place',
  'AWS::RDS::DBInstance.AutoMinorVersionUpgrade': 'in-place',
  'AWS::RDS::DBInstance.BackupRetentionPeriod': 'interruption',
  'AWS::RDS::DBInstance.CACertificateIdentifier': 'interruption',
  'AWS::RDS::DBInstance.DBInstanceClass': 'interruption',
  'AWS::RDS::DBInstance.DBParameterGroupName': 'interruption',
  'AWS::RDS::DBInstance.EngineVersion': 'interruption',
  'AWS::RDS::DBInstance.MultiAZ': 'in-place',
  'AWS::RDS::DBInstance.PreferredMaintenanceWindow': 'in-place',
  'AWS::RDS::DBInstance.VPCSecurityGroups': 'in-place',
  'AWS::ElasticLoadBalancingV2::LoadBalancer.SubnetMappings': (properties) =>
    properties.Type === 'network' ? 'replacement' : 'in-place',
  'AWS::ElasticLoadBalancingV2::LoadBalancer.Subnets': (properties) =>
    properties.Type === 'network' ? 'replacement' : 'in-place',
};
