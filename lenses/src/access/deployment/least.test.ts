import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Phase } from '@terrace/cloud/families/contract/need';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectWith } from '../evaluation/subject.ts';
import { demandsOf } from './demands.ts';
import { preflight } from './preflight.ts';
import { smallestPolicies } from './smallest-policy.ts';

const phases: readonly Phase[] = ['create', 'read', 'update', 'delete'];
const trust = `{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }`;

/** Resources of many kinds, each with properties that it may have. Each stands alone, or refers to those before it. */
const kinds: readonly { readonly type: string; readonly always: string; readonly maybe: readonly string[] }[] = [
  {
    type: 'AWS::EC2::VPC',
    always: 'CidrBlock: 10.0.0.0/16',
    maybe: ['EnableDnsHostnames: true', 'Tags: [{ Key: a, Value: b }]'],
  },
  { type: 'AWS::EC2::InternetGateway', always: '', maybe: ['Tags: [{ Key: a, Value: b }]'] },
  { type: 'AWS::KMS::Key', always: '', maybe: ['EnableKeyRotation: true', 'Description: key'] },
  {
    type: 'AWS::IAM::Role',
    always: `AssumeRolePolicyDocument: ${trust}`,
    maybe: ['RoleName: app', 'Path: /x/', 'ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]'],
  },
  {
    type: 'AWS::S3::Bucket',
    always: '',
    maybe: [
      'BucketName: some-bucket-1',
      'VersioningConfiguration: { Status: Enabled }',
      'AccessControl: Private',
      'Tags: [{ Key: a, Value: b }]',
    ],
  },
  { type: 'AWS::SNS::Topic', always: '', maybe: ['TopicName: topic', 'Tags: [{ Key: a, Value: b }]'] },
  { type: 'AWS::SQS::Queue', always: '', maybe: ['QueueName: queue', 'VisibilityTimeout: 5'] },
  {
    type: 'AWS::Logs::LogGroup',
    always: '',
    maybe: ['LogGroupName: /a/b', 'RetentionInDays: 7', 'Tags: [{ Key: a, Value: b }]'],
  },
  {
    type: 'AWS::DynamoDB::Table',
    always:
      'AttributeDefinitions: [{ AttributeName: id, AttributeType: S }], KeySchema: [{ AttributeName: id, KeyType: HASH }], BillingMode: PAY_PER_REQUEST',
    maybe: [
      'TableName: tables',
      'TimeToLiveSpecification: { AttributeName: x, Enabled: true }',
      'SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: alias/own }',
    ],
  },
  {
    type: 'AWS::SecretsManager::Secret',
    always: 'GenerateSecretString: {}',
    maybe: ['Name: secret', 'KmsKeyId: alias/own'],
  },
  {
    type: 'AWS::Lambda::Function',
    always: 'Runtime: nodejs20.x, Handler: a.b, Code: { ZipFile: x }, Role: arn:aws:iam::000000000000:role/r',
    maybe: [
      'FunctionName: f',
      'KmsKeyArn: arn:aws:kms:us-east-1:000000000000:key/k',
      'ReservedConcurrentExecutions: 1',
    ],
  },
  {
    type: 'AWS::RDS::DBInstance',
    always: `DBInstanceClass: db.t3.micro, Engine: postgres, AllocatedStorage: '20', MasterUsername: abcd, MasterUserPassword: abcdefgh`,
    maybe: ['StorageEncrypted: true', 'MultiAZ: true', 'DBInstanceIdentifier: data'],
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    always: `ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, MetricName: m, Namespace: n, Period: 60, Statistic: Sum, Threshold: 1`,
    maybe: ['AlarmName: alarm', 'Tags: [{ Key: a, Value: b }]'],
  },
  { type: 'AWS::SSM::Parameter', always: 'Type: String, Value: v', maybe: ['Name: /a/b', 'Description: d'] },
];

const chosen = fc.uniqueArray(
  fc
    .nat(kinds.length - 1)
    .chain((kind) => fc.record({ kind: fc.constant(kind), maybe: fc.subarray([...kinds[kind]!.maybe]) })),
  { minLength: 1, maxLength: 6, selector: ({ kind }) => kind },
);

function templateOf(resources: readonly { kind: number; maybe: string[] }[], more = ''): string {
  const lines = resources.map(({ kind, maybe }, index) => {
    const { type, always } = kinds[kind]!;
    return `  R${index}: { Type: ${type}, Properties: { ${[always, ...maybe].filter(Boolean).join(', ')} } }`;
  });
  return `Resources:\n${lines.join('\n')}\n${more}`;
}

async function load(text: string) {
  const loaded = await loadTexts({ 'app.yaml': text }, { region: 'us-east-1' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

function holder(inventory: { account: string }, documents: readonly object[]) {
  const subject = subjectWith(inventory, {
    documents: documents.map((document, index) => ({ name: `policy-${index}`, text: JSON.stringify(document) })),
  });
  if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
  return subject.value;
}

describe('the smallest policies', () => {
  test('are accepted, in every phase, whatever the template', async () => {
    await fc.assert(
      fc.asyncProperty(chosen, async (resources) => {
        const inventory = await load(templateOf(resources));
        const policies = smallestPolicies(demandsOf(inventory, { via: 'cloudformation', phases }).demands);
        const subject = holder(inventory, policies);
        const { missing } = preflight(inventory, subject, { via: 'cloudformation', phases });
        expect(missing.map(({ demand, arns }) => `${demand.action} ${arns.join(' ')}`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('lack something without any one of their actions', async () => {
    await fc.assert(
      fc.asyncProperty(chosen, fc.nat(), async (resources, seed) => {
        const inventory = await load(templateOf(resources));
        const policies = smallestPolicies(demandsOf(inventory, { via: 'cloudformation', phases }).demands);
        const actions = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
        const left = actions[seed % actions.length]!;
        const fewer = policies
          .map((policy) => ({
            ...policy,
            Statement: policy.Statement.map((each) => ({
              ...each,
              Action: each.Action.filter((one) => one !== left),
            })).filter(({ Action }) => Action.length > 0),
          }))
          .filter(({ Statement }) => Statement.length > 0);
        fc.pre(fewer.length > 0);
        expect(preflight(inventory, holder(inventory, fewer), { via: 'cloudformation', phases }).allowed).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a resource of a kind that access does not know', () => {
  test('changes no answer about the others, and is named', async () => {
    await fc.assert(
      fc.asyncProperty(chosen, fc.nat(), async (resources, seed) => {
        const stranger = '  Stranger: { Type: AWS::QLDB::Ledger, Properties: { PermissionsMode: STANDARD } }';
        const before = await load(templateOf(resources));
        const after = await load(templateOf(resources, stranger));
        const policies = smallestPolicies(demandsOf(before, { via: 'cloudformation' }).demands);
        const statements = policies.flatMap(({ Statement }) => Statement);
        const subject = holder(before, [{ Version: '2012-10-17', Statement: [statements[seed % statements.length]] }]);
        const told = (inventory: typeof before) =>
          preflight(inventory, subject, { via: 'cloudformation' }).missing.map(
            ({ demand, decision }) => `${demand.subject} ${demand.action} ${decision.verdict}`,
          );
        expect(told(after)).toEqual(told(before));
        expect(preflight(after, subject, { via: 'cloudformation' }).unknown.map(({ code }) => code)).toEqual([
          'ACCESS_TYPE_UNKNOWN',
        ]);
      }),
      { numRuns: 40 },
    );
  });
});
