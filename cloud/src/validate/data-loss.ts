import { heldData } from '../families/registry.ts';
import type { Inventory, Resource, ResourceKey } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import type { ChangedResource } from '../specification/inventory-change.ts';
import { type Words, words } from '../words.ts';

/** A resource that a change deletes together with its data. */
export interface LostData {
  readonly key: ResourceKey;
  readonly type: string;
  readonly change: 'remove' | 'replacement';
  /** What is lost, as a noun. */
  readonly what: Words;
  /** The property by which the resource refuses; `null` where it does not. */
  readonly protectedBy: string | null;
}

/**
 * The data that a change loses. A resource that leaves its stack keeps its data by the `DeletionPolicy` that it had, a replaced one by the
 * `UpdateReplacePolicy` that it gets. The snapshot that AWS takes of a database whose template states no policy counts as a loss: nothing restores it
 * by itself.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 *
 * @param changes the difference of the two, by `inventoryChange`
 * @param isEmpty whether a resource that may hold nothing does
 */
export function dataLoss(
  before: Inventory,
  after: Inventory,
  changes: readonly ChangedResource[],
  isEmpty: (resource: Resource) => boolean,
): LostData[] {
  const [former, latter] = [before, after].map(({ resources }) => new Map(resources.map((each) => [each.key, each])));
  return changes.flatMap(({ key, change }) => {
    const own = former!.get(key);
    if (!own || (change !== 'remove' && change !== 'replacement')) return [];
    const isKept = change === 'remove' ? own.keepsData?.deleted : latter!.get(key)?.keepsData?.replaced;
    const held = heldData[own.type];
    const what = held?.what(own) ?? null;
    if (isKept || !held || what === null || (held.mayBeEmpty && isEmpty(own))) return [];
    return [{ key, type: own.type, change, what, protectedBy: held.protection?.(own) ?? null }];
  });
}

/** As a person reads it. */
export function lostDataText({ key, type, change, what }: LostData): Words {
  return change === 'remove'
    ? words(`${key} (${type}) is deleted, and ${what.en} with it`, `${key}(${type}) 삭제: ${what.ko} 손실`)
    : words(
        `${key} (${type}) is replaced: the new one begins without ${what.en}`,
        `${key}(${type}) 교체: ${what.ko} 손실. 새 리소스는 비어 있는 상태로 시작`,
      );
}

/** Why a change does not begin by itself: one for each resource. */
export function dataWouldBeLost(lost: LostData): Mistake {
  const { en, ko } = lostDataText(lost);
  const policy = lost.change === 'remove' ? 'DeletionPolicy' : 'UpdateReplacePolicy';
  return mistake(
    'DATA_WOULD_BE_LOST',
    { logicalId: logicalIdOf(lost) },
    {
      cause: words(`${en}.`, `${ko}.`),
      next: words(
        `to let it go, add --yes; to keep it, leave the resource as it is, or state ${policy}: Retain${lost.change === 'remove' ? ' and run terrace up before you take it out' : ''}`,
        `잃어도 되면 --yes를 붙이세요. 남기려면 리소스를 그대로 두거나 ${policy}: Retain을 적${lost.change === 'remove' ? '어 terrace up을 실행한 뒤에 빼' : '으'}세요`,
      ),
    },
  );
}

/** A change that AWS would refuse, since the resource refuses to be deleted. */
export function deletionProtected(lost: LostData, property: string): Mistake {
  return mistake(
    heldData[lost.type]?.protectionCode ?? 'DELETION_PROTECTED',
    { logicalId: logicalIdOf(lost), path: `Properties.${property}` },
    {
      cause: words(
        `${lost.key} (${lost.type}) has ${property}: AWS refuses to delete it, and so does the region.`,
        `${lost.key}(${lost.type})에는 ${property}{이/가} 켜져 있어 AWS가 삭제를 거부합니다. 로컬 리전도 마찬가지입니다.`,
      ),
      next: words(
        `to delete it, set ${property} to false in the template, run terrace up, and then do this again`,
        `삭제하려면 템플릿에서 ${property}{을/를} false로 바꿔 terrace up을 실행한 다음 다시 하세요`,
      ),
    },
  );
}

function logicalIdOf({ key }: LostData): string {
  return key.slice(key.indexOf('/') + 1);
}
