// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import fc from 'fast-check';

/**
 * Random requests and the policies that decide them, made of pieces that AWS accepts. The pieces are chosen so that about
 * as many requests are allowed as denied, and so that every part of a statement is what decides now and then. Session policies
 * are left out: the other evaluator says of itself that it does not have them yet; evaluate.test.ts holds AWS's examples.
 */
export interface Case {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: Record<string, string | string[]>;
  readonly identity: readonly object[];
  readonly boundary: readonly object[] | null;
  readonly serviceControl: readonly (readonly object[])[];
  readonly resourcePolicy: object | null;
}

const home = '111122223333';
const away = '444455556666';

const principals = [
  `arn:aws:iam::${home}:user/mina`,
  `arn:aws:iam::${home}:user/team/joon`,
  `arn:aws:sts::${home}:assumed-role/Deploy/build-7`,
  `arn:aws:sts::${home}:assumed-role/Audit/mina`,
];

const targets: readonly (readonly [action: string, resource: string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::arcade-assets/was/server.tar.gz'],
  ['s3:GetObject', 'arn:aws:s3:::arcade-assets/mina/notes.txt'],
  ['s3:ListBucket', 'arn:aws:s3:::arcade-assets'],
  ['s3:PutObject', 'arn:aws:s3:::arcade-logs/2026/11/22'],
  ['ec2:DeleteRoute', `arn:aws:ec2:ap-northeast-2:${home}:route-table/rtb-0a1b2c3d4e5f60718`],
  ['ec2:StartInstances', `arn:aws:ec2:ap-northeast-2:${home}:instance/i-0a1b2c3d4e5f60718`],
  ['ec2:DescribeVpcs', '*'],
  ['rds:StopDBInstance', `arn:aws:rds:ap-northeast-2:${home}:db:arcade`],
  ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:ap-northeast-2:${home}:secret:arcade-AbCdEf`],
  ['iam:PassRole', `arn:aws:iam::${home}:role/service/WebRole`],
  ['iam:CreateUser', `arn:aws:iam::${home}:user/new`],
  ['sns:Publish', `arn:aws:sns:ap-northeast-2:${home}:alarms`],
  ['sqs:SendMessage', `arn:aws:sqs:ap-northeast-2:${home}:jobs`],
  ['kms:Decrypt', `arn:aws:kms:ap-northeast-2:${home}:key/0a1b2c3d-1111-2222-3333-444455556666`],
  ['sts:AssumeRole', `arn:aws:iam::${home}:role/Deploy`],
];

const actionPatterns = (action: string) => {
  const [service, name = ''] = action.split(':');
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        action,
        '*',
        `${service}:*`,
        `${service}:${name.slice(0, 3)}*`,
        action.toUpperCase().replace(/^[A-Z0-9]+/, service ?? ''),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        `${service}:?${name.slice(1)}`,
        `${service}:*${name.slice(-4)}`,
        's3:Put*',
        'ec2:Describe*',
        'iam:*',
        'rds:Stop*',
      ),
    },
  );
};

const resourcePatterns = (resource: string) => {
  const parts = resource.split(':');
  const wide = parts.length < 6 ? '*' : [...parts.slice(0, 3), '*', '*', ...parts.slice(5)].join(':');
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('*', resource, wide, resource === '*' ? '*' : `${resource.slice(0, -3)}*`),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        resource === '*' ? '*' : `${resource.slice(0, -2)}??`,
        'arn:aws:s3:::arcade-*/${aws:username}/*',
        'arn:aws:s3:::*',
        `arn:aws:iam::${home}:role/service/*`,
        'arn:aws:s3:::arcade-assets/*',
        `arn:aws:ec2:*:${home}:*`,
        'arn:aws:rds:ap-northeast-2:*:db:${aws:PrincipalTag/project}',
      ),
    },
  );
};

const contextArbitrary = fc.record(
  {
    'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
    // IPv4 only: for an IPv6 address NotIpAddress of IPv4 ranges is false to the other evaluator, and true by AWS's
    // wording ("all IP addresses except the specified"); condition.test.ts holds that case.
    'aws:SourceIp': fc.constantFrom('203.0.113.9', '198.51.100.7', '10.10.1.4'),
    'aws:CurrentTime': fc.constantFrom('2026-11-22T00:00:00Z', '2027-01-01T09:00:00Z'),
    'aws:EpochTime': fc.constantFrom('1795305600', '1700000000'),
    'aws:RequestedRegion': fc.constantFrom('ap-northeast-2', 'us-east-1'),
    'aws:SecureTransport': fc.constantFrom('true', 'false'),
    'aws:MultiFactorAuthAge': fc.constantFrom('10', '3600', '7200'),
    'aws:PrincipalTag/project': fc.constantFrom('arcade', 'other'),
    'aws:UserAgent': fc.constantFrom('terrace/1.0', 'aws-cli/2.1'),
    'aws:CalledVia': fc.subarray(['cloudformation.amazonaws.com', 'athena.amazonaws.com', 'kms.amazonaws.com']),
    'aws:TagKeys': fc.subarray(['project', 'owner', 'cost']),
    'aws:PrincipalOrgID': fc.constantFrom('o-abc', 'o-xyz'),
  },
  { requiredKeys: [] },
);

const conditionPieces: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [['Bool'], 'aws:MultiFactorAuthPresent', ['true', 'false']],
  [['Bool'], 'aws:SecureTransport', ['true', 'false']],
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', ['203.0.113.0/24', '10.0.0.0/8', '198.51.100.7', '2001:db8::/32']],
  [
    ['DateLessThan', 'DateGreaterThan', 'DateEquals', 'DateNotEquals', 'DateLessThanEquals', 'DateGreaterThanEquals'],
    'aws:CurrentTime',
    ['2026-12-01T00:00:00Z', '2026-11-22T00:00:00Z'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    'aws:RequestedRegion',
    ['ap-northeast-2', 'us-*', 'eu-west-1'],
  ],
  [['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'], 'aws:UserAgent', ['TERRACE/1.0', 'Aws-Cli/2.1']],
  [['StringLike', 'StringNotLike'], 'aws:UserAgent', ['terrace/*', 'aws-cli/?.1']],
  [
    [
      'NumericLessThan',
      'NumericGreaterThanEquals',
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThanEquals',
      'NumericGreaterThan',
    ],
    'aws:MultiFactorAuthAge',
    ['3600', '10', '7200.0'],
  ],
  [['StringEquals', 'StringNotEquals', 'StringLike'], 'aws:PrincipalTag/project', ['arcade', 'ar*', 'other']],
  [
    ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals'],
    'aws:PrincipalArn',
    [`arn:aws:iam::${home}:user/*`, `arn:aws:iam::*:role/Deploy`, `arn:aws:iam::${home}:user/mina`],
  ],
  [
    [
      'ForAnyValue:StringEquals',
      'ForAllValues:StringEquals',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringLike',
      'ForAllValues:StringNotEquals',
      'ForAnyValue:StringLike',
    ],
    'aws:TagKeys',
    ['project', 'owner', 'c*'],
  ],
  [
    ['ForAnyValue:StringEquals', 'ForAllValues:StringEquals'],
    'aws:CalledVia',
    ['cloudformation.amazonaws.com', 'kms.amazonaws.com'],
  ],
  [['Null'], 'aws:MultiFactorAuthAge', ['true', 'false']],
  [['Null'], 'aws:TagKeys', ['true', 'false']],
  [['StringEquals', 'StringNotEquals'], 'aws:PrincipalOrgID', ['o-abc', 'o-other']],
];

const condition = fc.constantFrom(...conditionPieces).chain(([operators, key, values]) =>
  fc.record({
    operator: fc
      .tuple(fc.constantFrom(...operators), fc.boolean())
      .map(([name, ifExists]) => (ifExists && name !== 'Null' ? `${name}IfExists` : name)),
    key: fc.constant(key),
    values: fc.subarray([...values], {
      minLength: 1,
      maxLength: key.startsWith('aws:MultiFactorAuthP') || operators.includes('Null') ? 1 : Math.min(3, values.length),
    }),
  }),
);

const conditions = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(condition, { minLength: 1, maxLength: 2 }) },
  )
  .map((list) => {
    const block: Record<string, Record<string, string[] | string>> = {};
    for (const each of list) {
      block[each.operator] = {
        ...block[each.operator],
        [each.key]: each.values.length === 1 ? each.values[0]! : each.values,
      };
    }
    return block;
  });

function statement(action: string, resource: string, denyWeight: number) {
  return fc
    .record({
      deny: fc.integer({ min: 0, max: 9 }).map((roll) => roll < denyWeight),
      notAction: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
      notResource: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
      actions: fc.uniqueArray(actionPatterns(action), { minLength: 1, maxLength: 2 }),
      resources: fc.uniqueArray(resourcePatterns(resource), { minLength: 1, maxLength: 2 }),
      conditions,
    })
    .map((piece) => ({
      Effect: piece.deny ? 'Deny' : 'Allow',
      [piece.notAction ? 'NotAction' : 'Action']: piece.actions,
      // AWS does not say what NotResource means with a variable that the request has no value for.
      [piece.notResource && !piece.resources.join().includes('${') ? 'NotResource' : 'Resource']: piece.resources,
      ...(Object.keys(piece.conditions).length > 0 ? { Condition: piece.conditions } : {}),
    }));
}

function policy(action: string, resource: string, denyWeight: number) {
  return fc
    .record({
      old: fc.constantFrom(false, false, false, true),
      Statement: fc.array(statement(action, resource, denyWeight), { minLength: 1, maxLength: 3 }),
    })
    .map(({ old, Statement }) => {
      // Variables mean nothing before 2012-10-17; the other evaluator reads them there too. pattern.test.ts holds that case.
      const Version = old && !JSON.stringify(Statement).includes('${') ? '2008-10-17' : '2012-10-17';
      return { Version, Statement };
    });
}

const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] };

const named = fc.constantFrom<object | string>(
  '*',
  { AWS: '*' },
  { AWS: home },
  { AWS: `arn:aws:iam::${home}:root` },
  { AWS: [`arn:aws:iam::${home}:user/mina`, `arn:aws:iam::${away}:root`] },
  { AWS: `arn:aws:iam::${home}:role/Deploy` },
  { AWS: `arn:aws:sts::${home}:assumed-role/Audit/mina` },
  { AWS: `arn:aws:iam::${away}:root` },
  { Service: 'ec2.amazonaws.com' },
);

/** Roles and keys are decided by their own policy whoever asks; they must have one. */
const needsResourcePolicy = (action: string) => /^(kms|sts):/.test(action);
const takesResourcePolicy = (action: string) => /^(s3|sns|sqs|secretsmanager|kms|sts):/.test(action);

export const caseArbitrary: fc.Arbitrary<Case> = fc.constantFrom(...targets).chain(([action, resource]) => {
  const trust = action === 'sts:AssumeRole';
  const resourcePolicy = fc
    .record({ document: policy(action, resource, 1), principals: fc.array(named, { minLength: 3, maxLength: 3 }) })
    .map(({ document, principals: who }) => ({
      ...document,
      Statement: document.Statement.map((each, index) => {
        const { Resource, NotResource, ...rest } = each as Record<string, unknown>;
        const resources = trust ? {} : NotResource === undefined ? { Resource } : { NotResource };
        return { ...rest, ...resources, Principal: who[index % who.length] };
      }),
    }));
  return fc.record({
    principal: fc.constantFrom(...principals),
    action: fc.constant(action),
    resource: fc.constant(resource),
    resourceAccount:
      takesResourcePolicy(action) && /^(s3)/.test(action) ? fc.constantFrom(home, home, home, away) : fc.constant(home),
    context: contextArbitrary as fc.Arbitrary<Record<string, string | string[]>>,
    identity: fc.array(policy(action, resource, 1), { minLength: 0, maxLength: 2 }),
    boundary: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.tuple(policy(action, resource, 1)).map((list) => [...list]) },
    ),
    serviceControl: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constant([open]),
            fc.tuple(policy(action, resource, 2)).map((list) => [...list]),
          )
          .map((levels) => [...levels]),
      },
    ),
    resourcePolicy: needsResourcePolicy(action)
      ? resourcePolicy
      : takesResourcePolicy(action)
        ? fc.oneof(fc.constant(null), resourcePolicy)
        : fc.constant(null),
  });
});
