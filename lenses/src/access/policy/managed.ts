import type { Json } from '@terrace/cloud/json';
import { failure, mistake, type Result, success } from '@terrace/cloud/mistake';
import { closest } from '@terrace/cloud/nearest';
import { words } from '@terrace/cloud/words';
import { dataFile } from './data.ts';
import { type Policy, parsePolicy } from './policy.ts';

/**
 * AWS's own managed policies, in the version in force when the data was made.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const file = dataFile<Record<string, Json>>('managed-policies.json.gz');

let paths: ReadonlyMap<string, string> | undefined;

/** Name to path and name, for example `AWSLambdaBasicExecutionRole` to `service-role/AWSLambdaBasicExecutionRole`. */
function byName(): ReadonlyMap<string, string> {
  paths ??= new Map(Object.keys(file()).map((path) => [path.split('/').at(-1)!, path]));
  return paths;
}

/** Names of those that can be attached to people: not those kept for services' own roles. */
export function managedPolicyNames(): string[] {
  return [...byName()].filter(([, path]) => !path.startsWith('service-role/')).map(([name]) => name);
}

const read = new Map<string, Policy>();

/** By name or ARN; `UNKNOWN_MANAGED_POLICY` with the nearest names otherwise. */
export function managedPolicy(nameOrArn: string): Result<Policy> {
  const name = nameOrArn.split(':policy/').at(-1)!.split('/').at(-1)!;
  const known = read.get(name);
  if (known !== undefined) return success(known);
  const path = byName().get(name);
  if (path === undefined) return failure([unknown(name)]);
  const statement = file()[path]!;
  const policy = parsePolicy({ Version: '2012-10-17', Statement: statement }, { name, kind: 'identity' });
  if (policy.ok) read.set(name, policy.value);
  return policy;
}

function unknown(name: string) {
  const close = closest(name, [...byName().keys()]);
  return mistake(
    'UNKNOWN_MANAGED_POLICY',
    {},
    {
      cause: words(`AWS has no managed policy ${name}`, `AWS에 ${name}{이라/라}는 관리형 정책은 없습니다`),
      next: words(`the nearest are ${close.join(', ')}`, `가장 비슷한 이름은 ${close.join(', ')}입니다`),
    },
  );
}
