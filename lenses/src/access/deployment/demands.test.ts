import { describe, expect, test } from 'vitest';
import { subjectWith } from '../evaluation/subject.ts';
import { inventoryOf } from '../template.fixture.ts';
import { demandsOf, type Via } from './demands.ts';
import { preflightOf } from './preflight.ts';

async function asked(resources: object, of: string, via: Via = 'cloudformation') {
  const { demands } = demandsOf(await inventoryOf({ Resources: resources }), { via });
  return Object.fromEntries(demands.filter(({ subject }) => subject === of).map(({ action, arns }) => [action, arns]));
}

const database = {
  Engine: 'postgres',
  DBInstanceClass: 'db.t4g.micro',
  AllocatedStorage: '20',
  MasterUsername: 'a',
  MasterUserPassword: 'b12345678',
};
const role = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'worker',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
  },
});
const key = {
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*', Resource: '*' },
      ],
    },
  },
};

describe('what a deployment asks for depends on the properties', () => {
  test("a database asks nothing of KMS with AWS's key, and grants with one's own", async () => {
    const plain = await asked(
      { Database: { Type: 'AWS::RDS::DBInstance', Properties: { ...database, StorageEncrypted: true } } },
      'Database',
    );
    expect(Object.keys(plain).filter((action) => action.startsWith('kms:'))).toEqual([]);
    const own = await asked(
      {
        Key: key,
        Database: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { ...database, StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
      },
      'Database',
    );
    expect(own['kms:CreateGrant']).toEqual(['arn:aws:kms:ap-northeast-2:000000000000:key/*']);
  });

  test('a launch template hands over no role, a group that launches from it does', async () => {
    const resources = {
      Worker: role('ec2.amazonaws.com'),
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Worker' }] } },
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: {
          LaunchTemplateData: {
            ImageId: 'ami-0abcdef1234567890',
            IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
          },
        },
      },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '1',
          MaxSize: '1',
          AvailabilityZones: ['ap-northeast-2a'],
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
        },
      },
    };
    expect((await asked(resources, 'Template'))['iam:PassRole']).toBeUndefined();
    expect((await asked(resources, 'Group'))['iam:PassRole']).toEqual(['arn:aws:iam::000000000000:role/worker']);
  });

  test('tags are asked for where there are tags', async () => {
    expect(
      (await asked({ Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } }, 'Vpc'))[
        'ec2:CreateTags'
      ],
    ).toBeUndefined();
    const tagged = {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'a' }] },
    };
    expect((await asked({ Vpc: tagged }, 'Vpc'))['ec2:CreateTags']).toEqual([
      'arn:aws:ec2:ap-northeast-2:000000000000:vpc/*',
    ]);
  });

  test('the first load balancer of an account makes the role of its service', async () => {
    const balancer = {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Type: 'application', Subnets: ['subnet-1', 'subnet-2'] },
    };
    expect((await asked({ Balancer: balancer }, 'Balancer'))['iam:CreateServiceLinkedRole']).toEqual([
      'arn:aws:iam::000000000000:role/aws-service-role/elasticloadbalancing.amazonaws.com/*',
    ]);
  });

  test('a custom resource calls the function that makes it', async () => {
    const own = await asked(
      {
        Own: {
          Type: 'Custom::Thing',
          Properties: { ServiceToken: 'arn:aws:lambda:ap-northeast-2:000000000000:function:maker' },
        },
      },
      'Own',
    );
    expect(Object.keys(own)).toEqual(['lambda:InvokeFunction']);
  });
});

describe('the console and CloudFormation', () => {
  test('differ: the one shows lists, the other reads back and has a stack', async () => {
    const instance = {
      Machine: {
        Type: 'AWS::EC2::Instance',
        Properties: { ImageId: 'ami-0abcdef1234567890', InstanceType: 't3.micro' },
      },
    };
    const clicked = Object.keys(await asked(instance, 'Machine', 'console'));
    const stacked = Object.keys(await asked(instance, 'Machine'));
    expect(clicked).toEqual(
      expect.arrayContaining(['ec2:RunInstances', 'ec2:DescribeImages', 'ec2:DescribeInstanceTypes']),
    );
    expect(clicked).not.toContain('ec2:DescribeInstanceCreditSpecifications');
    expect(stacked).toEqual(expect.arrayContaining(['ec2:RunInstances', 'ec2:DescribeInstanceCreditSpecifications']));
    expect(stacked).not.toContain('ec2:DescribeInstanceTypes');
    expect(Object.keys(await asked(instance, 'template'))).toContain('cloudformation:ExecuteChangeSet');
  });
});

describe('a type whose needs are not known', () => {
  test('is said, with where it stands, and never taken to need nothing', async () => {
    const inventory = await inventoryOf({ Resources: { Robot: { Type: 'AWS::RoboMaker::Fleet', Properties: {} } } });
    const demands = demandsOf(inventory, { via: 'cloudformation' });
    expect(demands.unknown.map(({ code, place }) => [code, place.logicalId])).toEqual([
      ['ACCESS_TYPE_UNKNOWN', 'Robot'],
    ]);
    const admin = subjectWith(inventory, { managed: ['AdministratorAccess'] });
    if (!admin.ok) throw new Error('AdministratorAccess');
    const { allowed, missing, unknown } = preflightOf(demands, admin.value, { via: 'cloudformation' });
    expect({ allowed, missing, unknown: unknown.length }).toEqual({ allowed: false, missing: [], unknown: 1 });
  });
});
