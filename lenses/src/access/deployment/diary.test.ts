import { fileURLToPath } from 'node:url';
import { identityView } from '@terrace/cloud/views/identity';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Subject, subjectWith } from '../evaluation/subject.ts';
import { inventoryOf } from '../template.fixture.ts';
import { type Demands, demandsOf } from './demands.ts';
import { fixesFor, notNeeded } from './fixes.ts';
import { preflightOf } from './preflight.ts';

/**
 * The diary: creating an encrypted database failed until AWSKeyManagementServicePowerUser, IAMReadOnlyAccess and
 * SecretsManagerReadWrite were attached, one after another. The tutorial docs/tutorial-missing-permissions.md tells it.
 */
const template = fileURLToPath(new URL('../../../../examples/encrypted-database/template.yaml', import.meta.url));
const first = ['AmazonEC2FullAccess', 'AmazonVPCFullAccess', 'AmazonRDSFullAccess'];
const found = ['AWSKeyManagementServicePowerUser', 'IAMReadOnlyAccess', 'SecretsManagerReadWrite'];
const options = { via: 'console' } as const;

let demands: Demands;
let account: string;

beforeAll(async () => {
  const inventory = await inventoryOf(template);
  demands = demandsOf(inventory, options);
  account = identityView(inventory).account;
});

function holding(...managed: string[]): Subject {
  const subject = subjectWith({ account }, { managed });
  if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
  return subject.value;
}

const missingOf = (subject: Subject, via: 'console' | 'cloudformation' = 'console') =>
  preflightOf(demands, subject, { via }).missing.map(({ demand }) => `${demand.subject} ${demand.action}`);

describe('the database of the diary, in the console', () => {
  test('lacks four permissions with access to EC2, VPC and RDS only, all named at once', () => {
    expect(missingOf(holding(...first)).sort()).toEqual([
      'Database kms:DescribeKey',
      'Database kms:ListAliases',
      'Database secretsmanager:CreateSecret',
      'Database secretsmanager:TagResource',
    ]);
  });

  test('lacks nothing with what the diary found', () => {
    expect(missingOf(holding(...first, ...found))).toEqual([]);
  });

  test('needed one of the three: the others add nothing that is asked for', () => {
    expect(missingOf(holding(...first, 'SecretsManagerReadWrite'))).toEqual([]);
    expect(notNeeded(demands, holding(...first, ...found), options)).toEqual(
      expect.arrayContaining(['IAMReadOnlyAccess', 'AWSKeyManagementServicePowerUser']),
    );
    expect(notNeeded(demands, holding(...first, ...found), options)).not.toContain('SecretsManagerReadWrite');
  });

  test('is mended by a policy of four actions, and among AWS’s by that which grants least else', () => {
    const subject = holding(...first);
    const { missing } = preflightOf(demands, subject, options);
    const fixes = fixesFor(missing, { ...options, demands, personas: [], subject });
    expect(fixes.smallest).toHaveLength(1);
    expect(fixes.smallest[0]!.Statement.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:DescribeKey',
      'kms:ListAliases',
      'secretsmanager:CreateSecret',
      'secretsmanager:TagResource',
    ]);
    expect(fixes.managed[0]).toMatchObject({ name: 'SecretsManagerReadWrite', of: 4 });
    expect(fixes.managed[0]!.mends).toHaveLength(4);
  });

  test('says of each why it is needed, in both languages, and on which page AWS says so', () => {
    for (const { demand } of preflightOf(demands, holding(...first), options).missing) {
      expect(demand.why.en).not.toBe('');
      expect(demand.why.ko).toMatch(/[가-힣]/);
      expect(demand.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});

describe('the same database with enhanced monitoring', () => {
  test('asks for IAM’s lists as well, and for passing the role, which none of the three policies allows', async () => {
    const inventory = await inventoryOf({
      Resources: {
        Monitoring: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Principal: { Service: 'monitoring.rds.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ],
            },
          },
        },
        Database: {
          Type: 'AWS::RDS::DBInstance',
          Properties: {
            Engine: 'mysql',
            DBInstanceClass: 'db.t3.micro',
            AllocatedStorage: '20',
            MasterUsername: 'admin',
            ManageMasterUserPassword: true,
            MonitoringInterval: 60,
            MonitoringRoleArn: { 'Fn::GetAtt': ['Monitoring', 'Arn'] },
          },
        },
      },
    });
    const monitored = demandsOf(inventory, options);
    const lacking = (subject: Subject) =>
      preflightOf(monitored, subject, options)
        .missing.filter(({ demand }) => demand.subject === 'Database')
        .map(({ demand }) => demand.action);
    expect(lacking(holding(...first, 'SecretsManagerReadWrite')).sort()).toEqual([
      'iam:GetRole',
      'iam:ListRoles',
      'iam:PassRole',
    ]);
    expect(lacking(holding(...first, ...found))).toEqual(['iam:PassRole']);
  });
});
