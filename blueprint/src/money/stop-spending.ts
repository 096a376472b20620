import { readFileSync } from 'node:fs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acceptWildcards, policyDocument, type Statement } from '../identity/policy.ts';
import { because, becauseOfRules, nameTag } from '../reason.ts';
import { words } from '../words.ts';

/** Whatever carries this tag is stopped; everything of the network's and the service's stack does. */
export const project = 'terrace';

/**
 * A function that stops what costs money, and the topic that starts it: `functions/stop-spending.cjs`. Stopping instances alone
 * would leave more than half of the bill running.
 */
export function stopSpending(scope: Construct): { readonly topic: CfnTopic; readonly policy: CfnTopicPolicy } {
  const stack = Stack.of(scope);
  const name = 'terrace-stop-spending';
  const logs = because(
    new CfnLogGroup(scope, 'StopSpendingLogs', { logGroupName: `/aws/lambda/${name}`, retentionInDays: 30 }),
    'operations',
    words('Shows what was stopped and what was not.', '무엇을 멈췄고 무엇을 멈추지 못했는지 보여 줍니다.'),
  );
  logs.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const role = because(
    new CfnRole(scope, 'StopSpendingRole', {
      roleName: name,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      policies: [{ policyName: 'stop', policyDocument: policyDocument(permissions) }],
      tags: nameTag(name),
    }),
    'operations',
    words(
      'May stop and delete what carries this project’s tag, and can start nothing.',
      '이 프로젝트 태그가 붙은 것을 멈추고 지울 수 있지만 아무것도 시작하지 못합니다.',
    ),
  );
  becauseOfRules(role, { Statement: permissions.map(({ reason }) => reason) });
  acceptWildcards(role, permissions);
  const code = readFileSync(new URL('../../functions/stop-spending.cjs', import.meta.url), 'utf8');
  const stop = because(
    new CfnFunction(scope, 'StopSpending', {
      functionName: name,
      description: 'Stops what costs money when the budget is used up',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      timeout: 900,
      memorySize: 256,
      role: role.attrArn,
      environment: { variables: { PROJECT: project } },
      code: { zipFile: code },
      tags: nameTag(name),
    }),
    'operations',
    words(
      'Really stops the spending: servers to zero, database stopped, load balancers, NAT gateways, endpoints and addresses deleted. Afterwards the stacks are deleted and deployed anew. What it cannot promise: bills lag by hours, storage and snapshots go on costing, and AWS starts a stopped database again after seven days.',
      '실제로 지출을 멈춥니다. 서버를 0대로 줄이고 데이터베이스를 멈추며 로드 밸런서, NAT 게이트웨이, 엔드포인트, 주소를 지웁니다. 다시 쓰려면 스택을 지우고 새로 배포합니다. 청구 데이터는 몇 시간 늦고, 스토리지와 스냅샷 요금은 계속 나오며, 멈춘 데이터베이스는 7일 뒤 AWS가 다시 시작한다는 점은 막지 못합니다.',
    ),
  );
  stop.addResourceDependency(logs);
  const topic = because(
    new CfnTopic(scope, 'StopTopic', { tags: nameTag('stop-spending') }),
    'operations',
    words('Carries the budget’s word to the function.', '예산의 신호를 함수에 전합니다.'),
  );
  const policy = because(
    new CfnTopicPolicy(scope, 'StopTopicPolicy', {
      topics: [topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OnlyTheBudget',
            Effect: 'Allow',
            Principal: { Service: 'budgets.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topic.ref,
            Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
          },
          {
            Sid: 'EncryptedConnectionsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: topic.ref,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
    'operations',
    words(
      'Only AWS Budgets, and only for this account, may set the stop off.',
      '이 계정의 AWS Budgets만 중지를 시작할 수 있습니다.',
    ),
  );
  because(
    new CfnSubscription(scope, 'StopSubscription', { topicArn: topic.ref, protocol: 'lambda', endpoint: stop.attrArn }),
    'operations',
    words('Starts the function when the word comes.', '신호가 오면 함수를 실행합니다.'),
  );
  because(
    new CfnPermission(scope, 'StopPermission', {
      action: 'lambda:InvokeFunction',
      functionName: stop.ref,
      principal: 'sns.amazonaws.com',
      sourceArn: topic.ref,
    }),
    'operations',
    words('Lets this topic, and no other, start the function.', '이 주제만 함수를 실행할 수 있게 합니다.'),
  );
  return { topic, policy };
}

const tagged = { StringEquals: { 'aws:ResourceTag/Project': project } };

const permissions: readonly Statement[] = [
  {
    sid: 'Look',
    actions: [
      'autoscaling:DescribeAutoScalingGroups',
      'ec2:DescribeAddresses',
      'ec2:DescribeInstances',
      'ec2:DescribeNatGateways',
      'ec2:DescribeVpcEndpoints',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTags',
      'rds:DescribeDBInstances',
    ],
    on: ['*'],
    reason: words(
      'Finds what runs; AWS knows no narrower resource for looking.',
      '실행 중인 것을 찾습니다. 조회 작업은 리소스를 더 좁게 지정할 수 없습니다.',
    ),
  },
  {
    sid: 'Stop',
    actions: [
      'autoscaling:UpdateAutoScalingGroup',
      'ec2:DeleteNatGateway',
      'ec2:DeleteVpcEndpoints',
      'ec2:ReleaseAddress',
      'ec2:StopInstances',
      'elasticloadbalancing:DeleteLoadBalancer',
      'rds:StopDBInstance',
    ],
    on: ['*'],
    condition: tagged,
    reason: words(
      'Stops and deletes what carries this project’s tag, wherever it stands.',
      '어디에 있든 이 프로젝트 태그가 붙은 것을 멈추고 지웁니다.',
    ),
  },
  {
    sid: 'WriteDown',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: ['logs:REGION:ACCOUNT:log-group:/aws/lambda/terrace-stop-spending:*'],
    reason: words('Writes down what it did.', '한 일을 기록합니다.'),
  },
];
