import { allowances } from '@terrace/cloud/families/contract/allowances';
import { alike, monthly, type Reader, tariff, used } from '@terrace/cloud/families/contract/charge';
import { words } from '@terrace/cloud/words';
import { list, text } from '../properties.ts';

/** What keeps an architecture in order and costs little: keys, secrets, names, alarms, logs, messages, budgets. */
export const upkeepReaders: Readonly<Record<string, Reader>> = {
  /** Billed whole twelve hours after it is made: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/troubleshooting-billed-twice.html */
  'AWS::Route53::HostedZone': (resource, reading) => [
    {
      ...monthly(resource, 'names', 'hosted zone, first 25', 'Route 53', words('hosted zone', '호스팅 영역')),
      basis: 'whole month',
    },
    used(
      resource,
      'names',
      'standard queries, first 1 billion/month',
      'Route 53',
      reading.usage.dnsQueries / alike(resource, reading),
    ),
  ],
  'AWS::Route53::HealthCheck': (resource) => [
    monthly(resource, 'names', 'basic health check, non-AWS endpoint', 'Route 53', words('health check', '상태 검사')),
  ],
  'AWS::Route53Resolver::ResolverEndpoint': (resource) => {
    const interfaces = list(resource.properties.IpAddresses).length;
    const what = words(
      `Resolver endpoint, ${interfaces} interfaces`,
      `Resolver 엔드포인트, 인터페이스 ${interfaces}개`,
    );
    return [
      {
        ...monthly(resource, 'names', 'Resolver endpoint network interface', 'Route 53', what),
        quantity: interfaces,
        basis: 'hourly',
        ends: 'dismantled',
      },
    ];
  },
  'AWS::CloudWatch::Dashboard': (resource) => {
    const charge = monthly(
      resource,
      'monitoring',
      'dashboard, after first 3',
      'CloudWatch',
      words('dashboard', '대시보드'),
    );
    return [{ ...charge, tariff: { ...charge.tariff, allowance: allowances.dashboards } }];
  },
  'AWS::Logs::LogGroup': (resource, reading) => {
    const groups = alike(resource, reading);
    const rare = resource.properties.LogGroupClass === 'INFREQUENT_ACCESS';
    const item = rare ? 'logs ingestion (Infrequent Access class)' : 'logs ingestion (Standard class)';
    const kept = used(
      resource,
      'monitoring',
      'logs storage',
      'CloudWatch',
      reading.usage.logStoredGigabytes / groups,
      allowances.logArchive,
    );
    return [
      used(resource, 'monitoring', item, 'CloudWatch', reading.usage.logGigabytes / groups, allowances.logs),
      kept,
    ];
  },
  /**
   * What a flow log delivers to CloudWatch is counted with its log group, whose price it has for the first 10 TB
   * (https://aws.amazon.com/cloudwatch/pricing/, example of 72 TB); delivery to a bucket has a price of its own.
   */
  'AWS::EC2::FlowLog': (resource, reading) => {
    const kind = text(resource.properties.LogDestinationType) ?? 'cloud-watch-logs';
    if (kind === 'cloud-watch-logs') return [];
    const gigabytes = reading.usage.logGigabytes / alike(resource, reading);
    return [used(resource, 'monitoring', `vended logs to ${kind}`, 'CloudWatch', gigabytes)];
  },
  'AWS::SNS::Topic': (resource, reading) => {
    const mails = reading.usage.emails / alike(resource, reading);
    return [
      used(resource, 'notifications', 'email notifications, after first 1,000', 'SNS', mails, allowances.emails),
      used(
        resource,
        'notifications',
        'API requests (publish), after first 1 million',
        'SNS',
        mails,
        allowances.publishes,
      ),
    ];
  },
  /** Watching and telling is free; acting costs by the budget and day: https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/ */
  'AWS::Budgets::Budget': (resource) => [
    {
      ...monthly(
        resource,
        'budgets',
        'budget with notifications (monitoring only)',
        'AWS Budgets',
        words('budget with notifications', '알림 예산'),
      ),
      quantity: 1 / 24,
      basis: 'hourly',
    },
  ],
  'AWS::Budgets::BudgetsAction': (resource, reading) => {
    const name = resource.properties.BudgetName;
    const first = reading.ofType('AWS::Budgets::BudgetsAction').find((each) => each.properties.BudgetName === name);
    if (first?.key !== resource.key) return [];
    return [
      {
        ...monthly(
          resource,
          'budgets',
          'action-enabled budget, after first 2',
          'AWS Budgets',
          words('budget that acts', '조치가 있는 예산'),
        ),
        tariff: {
          ...tariff('AWS Budgets', 'action-enabled budget, after first 2'),
          allowance: allowances.budgetActions,
        },
        quantity: 1 / 24,
        basis: 'hourly',
      },
    ];
  },
};
