import { elasticIp, group, plain, ref, subnet, template, vpc } from '../connectivity-templates.ts';
import { cases, type FlowCase, fails, outsideClient, passes, vpcGuide } from './case.ts';

type Properties = Parameters<typeof plain>[2];

const guide = `${vpcGuide}/default-vpc.html`;
const attribute = (name: string, of: string) => ({ 'Fn::GetAtt': [name, of] });
const groupWith = (name: string, rules: readonly Properties[], more: Properties = {}) =>
  plain(name, 'EC2::SecurityGroup', { GroupDescription: name, SecurityGroupIngress: rules, ...more });
const tcp = (port: number, peer: Properties): Properties => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
});
const everybody = { CidrIp: '0.0.0.0/0' };
const launched = (name: string, more: Properties = {}) =>
  plain(name, 'EC2::Instance', { ImageId: 'ami-0123456789abcdef0', ...more });
const zones = ['ap-northeast-2a', 'ap-northeast-2c'];
const data = { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', SecurityGroups: [ref('Inner')] };
const database = {
  ...{ Engine: 'postgres', DBInstanceClass: 'db.t3.micro', AllocatedStorage: '20' },
  ...{ MasterUsername: 'owner', MasterUserPassword: 'secret-0001', VPCSecurityGroups: [attribute('Data', 'GroupId')] },
};

/** Nothing in it names a subnet but what stands in `Vpc`, the one VPC that the template makes. */
const whole = template(
  groupWith('Open', [tcp(80, everybody)]),
  groupWith('Inner', [tcp(8080, { SourceSecurityGroupName: ref('Open') })]),
  groupWith('Data', [tcp(5432, { SourceSecurityGroupId: attribute('Inner', 'GroupId') })]),
  groupWith('Shell', [tcp(22, { SourceSecurityGroupName: 'shell' })], { GroupName: 'shell' }),
  groupWith('Ruled', [], { SecurityGroupEgress: [tcp(443, everybody)] }),
  plain('Rule', 'EC2::SecurityGroupIngress', { GroupName: ref('Ruled'), ...tcp(9090, { CidrIp: '172.31.16.0/20' }) }),
  launched('Server', { SecurityGroups: [ref('Open')] }),
  launched('Fixed', { SecurityGroups: [ref('Open')] }),
  elasticIp('Address', 'Fixed'),
  launched('Quiet', {
    NetworkInterfaces: [
      { DeviceIndex: '0', AssociatePublicIpAddress: false, GroupSet: [attribute('Open', 'GroupId')] },
    ],
  }),
  launched('InB', { AvailabilityZone: 'ap-northeast-2b', SecurityGroups: [ref('Ruled')] }),
  launched('Admin', { SecurityGroups: ['shell'], AvailabilityZone: 'ap-northeast-2b' }),
  launched('Target', { SecurityGroupIds: [attribute('Shell', 'GroupId')] }),
  launched('Bare'),
  launched('Other', { AvailabilityZone: 'ap-northeast-2d' }),
  launched('ByDefault', { SecurityGroups: ['default'] }),
  plain('Launch', 'EC2::LaunchTemplate', { LaunchTemplateData: data }),
  plain('Configuration', 'AutoScaling::LaunchConfiguration', { ...data, AssociatePublicIpAddress: false }),
  ...['Launch', 'Configuration'].map((name) =>
    plain(`By${name}`, 'AutoScaling::AutoScalingGroup', {
      ...(name === 'Launch'
        ? { LaunchTemplate: { LaunchTemplateId: ref(name), Version: '1' } }
        : { LaunchConfigurationName: ref(name) }),
      ...{ MinSize: '2', MaxSize: '2', AvailabilityZones: zones },
    }),
  ),
  plain('Single', 'RDS::DBInstance', database),
  plain('Closed', 'RDS::DBInstance', { ...database, PubliclyAccessible: false, DBSubnetGroupName: 'default' }),
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  group('Wide', 'Vpc', ['-1 0.0.0.0/0']),
  plain('Apart', 'EC2::Instance', {
    ...{ ImageId: 'ami-0123456789abcdef0', SubnetId: ref('A'), SecurityGroupIds: [attribute('Wide', 'GroupId')] },
  }),
);

const web = { port: 80 } as const;

export const defaultVpc: readonly FlowCase[] = [
  ...cases(
    'default-vpc',
    guide,
    whole,
    { from: 'internet', to: 'Server', ...web, ...passes },
    { from: 'internet', to: 'Server', port: 22, ...fails },
    { from: 'internet', to: 'Fixed', ...web, ...passes },
    { from: 'internet', to: 'Quiet', ...web, ...fails },
    { from: 'Server', to: 'Quiet', ...web, ...passes },
    { from: 'Server', to: outsideClient, port: 443, ...passes },
    { from: 'Fixed', to: outsideClient, port: 443, ...passes },
    { from: 'Quiet', to: outsideClient, port: 443, ...fails },
    { from: 'Bare', to: outsideClient, port: 443, ...passes },
    { from: 'internet', to: 'Bare', ...web, ...fails },
    { from: 'Bare', to: 'Other', ...passes },
    { from: 'Other', to: 'ByDefault', protocol: 'udp', port: 53, ...passes },
    { from: 'Server', to: 'Bare', ...fails },
    { from: 'InB', to: outsideClient, port: 443, ...passes },
    { from: 'InB', to: outsideClient, ...web, ...fails },
    { from: 'Apart', to: 'Server', ...web, ...fails },
    { from: 'Server', to: 'Apart', ...web, ...fails },
    { from: 'Apart', to: outsideClient, port: 443, ...fails },
  ),
  ...cases(
    'groups-by-name',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html',
    whole,
    { from: 'Admin', to: 'Target', port: 22, ...passes },
    { from: 'Target', to: 'Admin', port: 22, ...passes },
    { from: 'Server', to: 'Target', port: 22, ...fails },
    { from: 'Admin', to: 'Target', port: 23, ...fails },
    { from: 'Admin', to: 'InB', port: 9090, ...passes },
    { from: 'Target', to: 'InB', port: 9090, ...fails },
  ),
  ...cases(
    'zones-of-a-group',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html',
    whole,
    { to: 'ByLaunch', from: 'Server', ...passes },
    { to: 'ByConfiguration', from: 'Server', ...passes },
    { to: 'ByLaunch', from: 'Bare', ...fails },
    { to: 'ByLaunch', from: 'internet', ...fails },
    { from: 'ByLaunch', to: outsideClient, port: 443, ...passes },
    { from: 'ByConfiguration', to: outsideClient, port: 443, ...fails },
  ),
  ...cases(
    'default-subnet-group',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    whole,
    { from: 'ByLaunch', to: 'Single', port: 5432, ...passes },
    { from: 'ByConfiguration', to: 'Closed', port: 5432, ...passes },
    { from: 'Server', to: 'Single', port: 5432, ...fails },
    { from: 'internet', to: 'Single', port: 5432, ...fails },
  ),
];
