import { isObject, type Json } from '../../json.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { needed } from '../contract/rows.ts';
import { type Fault, isKnown, type Path, type Rule, valuesAt } from '../contract/rule.ts';
import { type Grammar, grammarFaults } from './grammar.ts';

const page = 'IAM/latest/UserGuide/reference_policies_grammar.html';
const identity: Grammar = { principal: false, resource: true, plainSid: true, aws: 'MalformedPolicyDocument' };
const trust: Grammar = {
  principal: true,
  resource: false,
  service: 'sts',
  plainSid: true,
  aws: 'MalformedPolicyDocument',
};

/** Policies of resources: where they stand, the one service whose actions they name, and whether they name resources. */
const ofResources: readonly (readonly [type: string, path: string, grammar: Omit<Grammar, 'principal' | 'aws'>])[] = [
  ['AWS::S3::BucketPolicy', 'PolicyDocument', { resource: true, service: 's3' }],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', { resource: 'free', service: 'sqs' }],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', { resource: true, service: 'sns' }],
  ['AWS::KMS::Key', 'KeyPolicy', { resource: true, service: 'kms' }],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', { resource: true, service: 'secretsmanager' }],
];

const identityTypes = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map(
  (each) => `AWS::IAM::${each}`,
);

/** What AWS refuses of policies, whatever they belong to. */
export const rules: readonly Rule[] = [
  needed({
    types: ['AWS::IAM::Policy'],
    paths: ['Roles', 'Users', 'Groups'],
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html',
    aws: 'At least one of [Groups,Roles,Users] must be non-empty.',
  }),
  {
    code: 'TRUST_POLICY',
    types: ['AWS::IAM::Role'],
    page: 'IAM/latest/UserGuide/reference_policies_elements_principal.html',
    what: words(
      'Statements of a trust policy name a principal and actions of STS, and no resource.',
      '신뢰 정책의 문에는 보안 주체와 STS의 작업이 있고 리소스는 없어야 합니다.',
    ),
    check: ({ properties }) => grammarFaults(properties.AssumeRolePolicyDocument, ['AssumeRolePolicyDocument'], trust),
  },
  {
    code: 'POLICY_FORM',
    types: identityTypes,
    page,
    what: words(
      'Statements of an identity’s policy have Effect, Action and Resource, and no Principal.',
      '자격 증명 기반 정책의 문에는 Effect, Action, Resource가 있고 Principal은 없어야 합니다.',
    ),
    check: ({ properties }) => grammarFaults(properties.PolicyDocument, ['PolicyDocument'], identity),
  },
  {
    code: 'POLICY_FORM',
    types: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
    page,
    what: words('So do those of inline policies.', '인라인 정책의 문도 같습니다.'),
    check: ({ properties }) =>
      (Array.isArray(properties.Policies) ? properties.Policies : []).flatMap((each: Json, index) =>
        isObject(each) ? grammarFaults(each.PolicyDocument, ['Policies', index, 'PolicyDocument'], identity) : [],
      ),
  },
  ...ofResources.map(
    ([type, path, grammar]): Rule => ({
      code: 'POLICY_FORM',
      types: [type],
      page,
      what: words(
        'Statements of a resource’s policy have Effect, Principal and Action, the last of its service.',
        '리소스 기반 정책의 문에는 Effect, Principal, 그리고 그 서비스의 Action이 있어야 합니다.',
      ),
      check: ({ properties }): Fault[] =>
        grammarFaults(properties[path], [path], { principal: true, aws: 'MalformedPolicy', ...grammar }),
    }),
  ),
  refused({
    code: 'OTHER_RESOURCE',
    types: ['AWS::S3::BucketPolicy'],
    page: 'AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html',
    what: words(
      'A bucket’s policy names the bucket and its objects only.',
      '버킷 정책에는 그 버킷과 객체만 지정합니다.',
    ),
    next: words(
      'Write the ARN of the bucket, with /* for its objects.',
      '버킷의 ARN을 쓰세요. 객체는 뒤에 /*를 붙입니다.',
    ),
    where: ({ properties }) => {
      const bucket = properties.Bucket;
      if (typeof bucket !== 'string' || !isKnown(bucket)) return [];
      const own = new RegExp(
        `^arn:[^:]*:s3:::(${bucket.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&')}|[^/]*[*?][^/]*)(/.*)?$`,
      );
      return [
        ...valuesAt(properties, 'PolicyDocument.Statement.*.Resource'),
        ...valuesAt(properties, 'PolicyDocument.Statement.Resource'),
      ].flatMap(([at, value]): Path[] => {
        const named = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
        return named.some((each) => each.startsWith('arn:') && each.includes(':s3:::') && !own.test(each)) ? [at] : [];
      });
    },
    aws: 'Policy has invalid resource',
  }),
];
