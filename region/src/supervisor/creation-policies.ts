import { durationOf } from '@terrace/cloud/duration';
import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import { flag, number, object, text } from '@terrace/cloud/property';
import { changeOf } from '@terrace/cloud/specification/resource-change';

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
 * The resources whose signals a change waits for: those with a creation policy that are made by it, in another's place too, and Auto Scaling
 * groups that say `WaitOnResourceSignals` and whose members it launches anew.
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
    const replaced = stood !== undefined && changeOf(stood, resource).behavior === 'replacement';
    if (before && stood && !replaced) {
      if (!waits || userDataOf(before, stood) === userDataOf(after, resource)) return [];
      return [{ resource, ...shareOf(update, members(resource.key)), patience: patienceOf(update, 'PauseTime') }];
    }
    if (Object.keys(signal).length === 0) return [];
    const share = replaced ? shareWhenReplaced(resource) : null;
    if (share) return [{ resource, ...shareOf(share, members(resource.key)), patience: patienceOf(signal, 'Timeout') }];
    return [{ resource, count: number(signal, 'Count') ?? 1, spared: 0, patience: patienceOf(signal, 'Timeout') }];
  });
}

/**
 * How many of a group that takes another's place have to signal is a share of them where the policies say so, and not the count for a group
 * that is made for the first time.
 */
function shareWhenReplaced({ creationPolicy, updatePolicy }: Resource): JsonObject | null {
  const share = object(creationPolicy, 'AutoScalingCreationPolicy');
  const replaces = flag(object(updatePolicy, 'AutoScalingReplacingUpdate'), 'WillReplace') === true;
  return replaces || Object.keys(share).length > 0 ? share : null;
}

/** All of them where no share is stated; AWS rounds the share to a tenth of a percent, and what it makes of the members up. */
function shareOf(policy: JsonObject, members: number): Pick<SignalsWanted, 'count' | 'spared'> {
  const share = Math.round((number(policy, 'MinSuccessfulInstancesPercent') ?? 100) * 10) / 10;
  const count = Math.ceil((members * share) / 100);
  return { count, spared: members - count };
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
