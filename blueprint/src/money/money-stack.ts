import { CfnOutput, type StackProps } from 'aws-cdk-lib';
import { CfnBudget, CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IdentityStack } from '../identity/identity-stack.ts';
import { managedPolicy, policyDocument } from '../identity/policy.ts';
import { PlainStack } from '../plain-stack.ts';
import { because, becauseOfRules } from '../reason.ts';
import { alertTopic } from '../service/alerts.ts';
import type { MoneySettings, Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import { noLaunching } from './no-launching.ts';
import { stopSpending } from './stop-spending.ts';

export interface MoneyStackProps extends StackProps {
  readonly settings: Settings;
  readonly identity: IdentityStack;
}

/** Percent of the budget at which spending is stopped: bills lag by hours, and what runs meanwhile is charged too. */
const stopAt = 80;

/**
 * The limit of what may be spent, watched and enforced. It cannot promise that the limit is never passed: AWS computes charges some
 * hours after they arise (8 to 12 usually), and storage, snapshots and addresses go on costing after everything else has stopped.
 *
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
 */
export class MoneyStack extends PlainStack {
  constructor(scope: Construct, id: string, { settings, identity, ...props }: MoneyStackProps) {
    super(scope, id, props);
    const { money } = settings;
    const dollars = inDollars(money);
    const notices = alertTopic(this, 'BudgetNotices', {
      name: 'budget-notices',
      publishers: ['budgets.amazonaws.com'],
      reason: words('Where the budget tells how much is spent.', '예산을 얼마나 썼는지 알리는 곳입니다.'),
    });
    const stop = money.whenUsedUp === 'stop' ? stopSpending(this) : null;
    const actual = (percent: number, topic: string) => notification('ACTUAL', percent, topic);
    const budget = because(
      new CfnBudget(this, 'Budget', {
        budget: {
          budgetName: 'terrace',
          budgetType: 'COST',
          timeUnit: 'MONTHLY',
          budgetLimit: { amount: dollars, unit: 'USD' },
        },
        notificationsWithSubscribers: [
          notification('FORECASTED', 100, notices.ref),
          actual(50, notices.ref),
          actual(stopAt, notices.ref),
          actual(100, notices.ref),
          ...(stop ? [actual(stopAt + 1, stop.topic.ref)] : []),
        ],
      }),
      'operations',
      words(
        `${money.budget.toLocaleString('en')} won a month are ${dollars} USD at ${money.wonPerDollar} won (rate of ${money.wonPerDollarOn}). Told by forecast at 100 %, and when 50, ${stopAt} and 100 % are really spent. Bills lag by hours: a budget tells late, and promises nothing.`,
        `한 달 ${money.budget.toLocaleString('en')}원은 1달러 ${money.wonPerDollar}원(${money.wonPerDollarOn} 기준)으로 ${dollars}달러입니다. 예상 지출이 100%일 때, 실제 지출이 50, ${stopAt}, 100%일 때 알립니다. 청구 데이터는 몇 시간씩 늦으므로 알림도 늦을 수 있고 한도를 보장하지는 못합니다.`,
      ),
    );
    if (stop) {
      budget.addResourceDependency(stop.policy);
      this.#refuseLaunches(budget, identity, notices.ref);
    }
    new CfnOutput(this, 'BudgetInDollars', {
      description: `Monthly limit at ${money.wonPerDollar} won a dollar (${money.wonPerDollarOn})`,
      value: String(dollars),
    });
  }

  /** Attaches a refusal to everybody but administrators, who have to be able to clean up. */
  #refuseLaunches(budget: CfnBudget, identity: IdentityStack, topic: string): void {
    const policy = managedPolicy(this, 'NoLaunching', {
      description: 'Attached by the budget: nothing that costs money may be started',
      reason: words(
        'While the budget is used up nobody starts anything new by habit; stopping and deleting stay allowed. An administrator detaches it.',
        '예산을 다 쓴 동안에는 습관처럼 새로 시작하는 일을 막습니다. 중지와 삭제는 할 수 있고, 해제는 관리자가 합니다.',
      ),
      statements: noLaunching,
    });
    const groups = Object.entries(identity.groups).filter(([name]) => name !== 'admin');
    const attach = {
      sid: 'AttachNoLaunching',
      actions: ['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'],
      on: groups.map(([name]) => `iam::ACCOUNT:group/terrace-${name}`),
      condition: { ArnEquals: { 'iam:PolicyARN': [policy.ref] } },
      reason: words(
        'AWS Budgets attaches this one policy to these groups, and can attach no other.',
        'AWS Budgets가 이 정책 하나만 이 그룹들에 연결할 수 있습니다.',
      ),
    };
    const role = because(
      new CfnRole(this, 'BudgetRole', {
        roleName: 'terrace-budget',
        assumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'budgets.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': this.account } },
            },
          ],
        },
        policies: [{ policyName: 'attach-no-launching', policyDocument: policyDocument([attach]) }],
      }),
      'operations',
      words(
        'What AWS Budgets may do in our name: attach one refusal to the teams’ groups.',
        'AWS Budgets가 우리 대신 할 수 있는 일, 곧 팀 그룹에 거부 정책 하나를 연결하는 일입니다.',
      ),
    );
    becauseOfRules(role, { Policies: [attach.reason] });
    because(
      new CfnBudgetsAction(this, 'RefuseLaunches', {
        budgetName: budget.ref,
        actionType: 'APPLY_IAM_POLICY',
        actionThreshold: { type: 'PERCENTAGE', value: stopAt },
        notificationType: 'ACTUAL',
        approvalModel: 'AUTOMATIC',
        executionRoleArn: role.attrArn,
        definition: { iamActionDefinition: { policyArn: policy.ref, groups: groups.map(([, group]) => group.ref) } },
        subscribers: [{ type: 'SNS', address: topic }],
      }),
      'operations',
      words(
        `At ${stopAt} % the right to launch is taken from people, before what was stopped is started again by somebody who did not know.`,
        `${stopAt}%에 이르면 사람들의 시작 권한을 거둡니다. 모르는 사람이 멈춘 것을 다시 켜지 않게 하기 위해서입니다.`,
      ),
    );
  }
}

/** The budget in dollars, to the cent, as AWS Budgets wants it. */
export function inDollars({ budget, wonPerDollar }: MoneySettings): number {
  return Math.floor((budget / wonPerDollar) * 100) / 100;
}

function notification(
  notificationType: 'ACTUAL' | 'FORECASTED',
  threshold: number,
  topic: string,
): CfnBudget.NotificationWithSubscribersProperty {
  return {
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ subscriptionType: 'SNS', address: topic }],
  };
}
