import type { Statement } from '../identity/policy.ts';
import { words } from '../words.ts';

/** What nobody may do while the budget is used up: begin to spend. */
export const noLaunching: readonly Statement[] = [
  {
    sid: 'NothingNewThatCosts',
    effect: 'Deny',
    actions: [
      'autoscaling:CreateAutoScalingGroup',
      'autoscaling:SetDesiredCapacity',
      'autoscaling:UpdateAutoScalingGroup',
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:UpdateStack',
      'ec2:AllocateAddress',
      'ec2:CreateNatGateway',
      'ec2:CreateVpcEndpoint',
      'ec2:RunInstances',
      'ec2:StartInstances',
      'elasticloadbalancing:CreateLoadBalancer',
      'rds:CreateDBInstance',
      'rds:RestoreDBInstanceFromDBSnapshot',
      'rds:RestoreDBInstanceToPointInTime',
      'rds:StartDBInstance',
      'sts:AssumeRole',
    ],
    on: ['*'],
    reason: words(
      'Servers, databases, load balancers, gateways and addresses make nearly all of the bill; a deployment would bring them back, and so would a role that deploys.',
      '서버, 데이터베이스, 로드 밸런서, 게이트웨이, 주소가 요금의 대부분입니다. 배포나 배포용 역할은 이것들을 되살리므로 함께 막습니다.',
    ),
  },
];
