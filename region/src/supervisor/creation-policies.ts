import { durationOf } from '@terrace/cloud/duration';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import { flag, number, object, text } from '@terrace/cloud/property';
import { changeOf } from '@terrace/cloud/specification/resource-change';
import { launchData } from '@terrace/cloud/views/launch-data';

/** What a change waits for at a resource: so many success signals within a time. */
export interface SignalsWanted {
  readonly resource: Resource;
  readonly count: number;
  /** How many may tell of failure all the same. */
  readonly spared: number;
  /** Milliseconds. */
  readonly patience: number;
}

const fiveMinutes = 300_000;

/**
 * The resources whose signals a change waits for: those with a creation policy that are made by it, and Auto Scaling groups that say
 * `WaitOnResourceSignals` and whose members it launches anew.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 *
 * @param members how many instances a group has
 */
export function signalsWanted(
  before: Inventory | null,
  after: Inventory,
  members: (group: ResourceKey) => number,
): SignalsWanted[] {
  const former = new Map(before?.resources.map((each) => [each.key, each]));
  return after.resources.flatMap((resource): SignalsWanted[] => {
    const signal = object(resource.creationPolicy, 'ResourceSignal');
    const update = object(resource.updatePolicy, 'AutoScalingRollingUpdate');
    const waits = flag(update, 'WaitOnResourceSignals') === true;
    if (Object.keys(signal).length === 0 && !waits) return [];
    const stood = former.get(resource.key);
    if (before && stood && changeOf(stood, resource).behavior !== 'replacement') {
      if (!waits || userDataOf(before, stood) === userDataOf(after, resource)) return [];
      const share = number(update, 'MinSuccessfulInstancesPercent') ?? 100;
      const all = members(resource.key);
      const count = Math.ceil((all * share) / 100);
      return [{ resource, count, spared: all - count, patience: patienceOf(update, 'PauseTime') }];
    }
    if (Object.keys(signal).length === 0) return [];
    return [{ resource, count: number(signal, 'Count') ?? 1, spared: 0, patience: patienceOf(signal, 'Timeout') }];
  });
}

function userDataOf(inventory: Inventory, resource: Resource): string | undefined {
  const launches = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance'].includes(resource.type);
  return launches ? text(launchData(inventory, resource), 'UserData') : undefined;
}

/** Milliseconds; five minutes where none is stated. */
function patienceOf(policy: JsonObject, name: string): number {
  const stated = text(policy, name);
  return (stated === undefined ? undefined : durationOf(stated)) ?? fiveMinutes;
}
