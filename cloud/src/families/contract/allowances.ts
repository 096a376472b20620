import type { Allowance } from './charge.ts';

/**
 * The always-free amounts of an account a month that the bill deducts, each with where it was read. The twelve
 * months' free tier and credits of new accounts are not here: who has them pays less than is shown.
 */
export const allowances = {
  internetOut: allowance(100, 'GB', 'price record “Data transfer / internet out free allowance”', '2026-09'),
  alarms: allowance(10, 'alarm metrics', 'price record “CloudWatch / free tier: first 10 alarm metrics”', '2025-05'),
  metrics: allowance(10, 'metrics', 'price record “CloudWatch / free tier: first 10 custom metrics”', '2025-05'),
  logs: allowance(5, 'GB', 'price record “CloudWatch / free tier: first 5 GB/month of logs ingested”', '2025-05'),
  logArchive: allowance(
    5,
    'GB',
    'https://aws.amazon.com/cloudwatch/pricing/, example of 6 GB archived of which 5 are free',
    '2025',
  ),
  dashboards: allowance(3, 'dashboards', 'price record “CloudWatch / dashboard, after first 3”', '2025-12'),
  keyRequests: allowance(20_000, 'requests', 'https://aws.amazon.com/kms/pricing/', '2025'),
  emails: allowance(1_000, 'emails', 'price record “SNS / email notifications, after first 1,000”', '2025-12'),
  publishes: allowance(
    1_000_000,
    'requests',
    'price record “SNS / API requests (publish), after first 1 million”',
    '2025-12',
  ),
  functionRequests: allowance(1_000_000, 'requests', 'https://aws.amazon.com/lambda/pricing/', '2025'),
  functionSeconds: allowance(400_000, 'GB-seconds', 'https://aws.amazon.com/lambda/pricing/', '2025'),
  queueRequests: allowance(1_000_000, 'requests', 'https://aws.amazon.com/sqs/pricing/', '2025'),
  tableGigabytes: allowance(25, 'GB', 'https://aws.amazon.com/dynamodb/pricing/provisioned/', '2025'),
  /** 25 units in every hour of a month of 730. */
  tableReads: allowance(25 * 730, 'RCU-hours', 'https://aws.amazon.com/dynamodb/pricing/provisioned/', '2025'),
  tableWrites: allowance(25 * 730, 'WCU-hours', 'https://aws.amazon.com/dynamodb/pricing/provisioned/', '2025'),
  budgetActions: allowance(
    2 * 30.5,
    'budget-days',
    'price record “AWS Budgets / action-enabled budget, first 2”',
    '2026-10',
  ),
  edgeOut: allowance(1024, 'GB', 'price record “CloudFront / always-free tier: data out to internet”', '2026-09'),
  edgeRequests: allowance(
    10_000_000,
    'requests',
    'price record “CloudFront / always-free tier: HTTP/HTTPS requests”',
    '2026-09',
  ),
} as const satisfies Readonly<Record<string, Allowance>>;

function allowance(amount: number, unit: string, source: string, asOf: string): Allowance {
  return { amount, unit, source, asOf };
}
