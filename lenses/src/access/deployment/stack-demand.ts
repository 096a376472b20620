import type { Inventory } from '@terrace/cloud/inventory';
import { type Words, words } from '@terrace/cloud/words';
import { contextOf } from '../policy/context.ts';
import type { Demand } from './demand.ts';

/**
 * What a person needs to have CloudFormation deploy a stack, whoever then makes the resources.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html
 */
export function stackDemands(inventory: Inventory, stack: string): Demand[] {
  const arn = `arn:aws:cloudformation:${inventory.region}:${inventory.account}:stack/${stack}/*`;
  const page = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html';
  const context = contextOf({ 'aws:RequestedRegion': inventory.region, 'aws:SecureTransport': 'true' });
  const demand = (action: string, arns: readonly string[], why: Words): Demand => ({
    inventory,
    resource: null,
    subject: stack,
    stack,
    phase: 'create',
    action,
    arns,
    context,
    resourcePolicy: null,
    why,
    page,
    firstTimeOnly: false,
    dependsOn: [],
    unknownName: null,
    unknownPolicy: null,
  });
  const changes = words(
    'a deployment is a change set that is made and then carried out',
    '배포는 변경 세트를 만들고 실행하는 일입니다',
  );
  const sees = words('sees how the deployment goes and why it failed', '배포가 어떻게 진행되고 왜 실패했는지 봅니다');
  return [
    demand('cloudformation:CreateChangeSet', [arn], changes),
    demand('cloudformation:DescribeChangeSet', [arn], changes),
    demand('cloudformation:ExecuteChangeSet', [arn], changes),
    demand('cloudformation:DescribeStacks', [arn], sees),
    demand('cloudformation:DescribeStackEvents', [arn], sees),
    demand(
      'cloudformation:GetTemplate',
      [arn],
      words('compares with what is deployed already', '이미 배포된 내용과 비교합니다'),
    ),
  ];
}

/** True for what the person needs, and not the role that makes the resources. */
export function isStackDemand(demand: Demand): boolean {
  return demand.resource === null;
}
