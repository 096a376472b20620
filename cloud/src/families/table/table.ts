import type { JsonObject } from '../../json.ts';
import { number, object, text } from '../../property.ts';

/** What a table of DynamoDB is paid for: each request, or units of capacity that it has all the time. */
export type Billing =
  | { readonly kind: 'by request' }
  | { readonly kind: 'provisioned'; readonly reads: number; readonly writes: number };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export function billingOf(table: JsonObject): Billing {
  if (text(table, 'BillingMode') === 'PAY_PER_REQUEST') return { kind: 'by request' };
  const throughput = object(table, 'ProvisionedThroughput');
  return {
    kind: 'provisioned',
    reads: number(throughput, 'ReadCapacityUnits') ?? 5,
    writes: number(throughput, 'WriteCapacityUnits') ?? 5,
  };
}
