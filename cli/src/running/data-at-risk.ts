import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import { type ChangedResource, inventoryChange } from '@terrace/cloud/specification/inventory-change';
import {
  dataLoss,
  dataWouldBeLost,
  deletionProtected,
  type LostData,
  lostDataText,
} from '@terrace/cloud/validate/data-loss';
import { type Words, words } from '@terrace/cloud/words';
import { bucketFolder } from '@terrace/region/endpoints/objects/storage';
import { exitCode, type Terminal } from '../terminal/terminal.ts';
import { stateDirectory } from './region-client.ts';

/** What the running region loses by a change, buckets without objects left out. */
export function lostBy(before: Inventory, after: Inventory, changes = inventoryChange(before, after)): LostData[] {
  return dataLoss(before, after, changes, isEmptyBucket);
}

/**
 * Whether a change of the running region may begin: says what goes, and asks before data is lost. Where nobody can be asked, data is
 * lost only with `--yes`. Gives the exit code where the change may not begin.
 */
export async function beforeChange(
  terminal: Terminal,
  before: Inventory,
  after: Inventory,
  yes: boolean,
): Promise<number | 'begin'> {
  const changes = inventoryChange(before, after);
  const lost = lostBy(before, after, changes);
  const refused = lost.flatMap((each) =>
    each.protectedBy === null ? [] : [deletionProtected(each, each.protectedBy)],
  );
  if (refused.length > 0) return refuse(terminal, refused);
  const going = whatGoes(changes);
  if (going) terminal.note(going);
  if (lost.length === 0 || yes) {
    for (const each of lost) terminal.note(lostDataText(each));
    return 'begin';
  }
  return askedOrRefused(terminal, lost.map(lostDataText), lost.map(dataWouldBeLost));
}

/** Asks whether what is listed may be lost. Gives the exit code where it may not: of a refusal where nobody can be asked. */
export async function askedOrRefused(
  terminal: Terminal,
  list: readonly Words[],
  refusal: readonly Mistake[],
): Promise<number | 'begin'> {
  const { en, ko } = words(list.map((each) => each.en).join('\n'), list.map((each) => each.ko).join('\n'));
  const answer = await terminal.confirm(words(`${en}\nGo on? [y/N]`, `${ko}\n계속할까요? [y/N]`));
  if (answer === true) return 'begin';
  if (answer === null) return refuse(terminal, refusal);
  terminal.note(words('Nothing was changed.', '아무것도 바꾸지 않았습니다.'));
  return exitCode.no;
}

function refuse(terminal: Terminal, mistakes: readonly Mistake[]): number {
  terminal.mistakes(mistakes);
  return exitCode.mistake;
}

/** As many names are said. */
const mostNames = 12;

/** One line of what is removed and what is replaced; `null` where all stays. */
function whatGoes(changes: readonly ChangedResource[]): Words | null {
  const of = (change: ChangedResource['change']) => changes.filter((each) => each.change === change);
  const [removed, replaced] = [of('remove'), of('replacement')];
  const parts = [
    ...(removed.length > 0 ? [words(`removes ${listed(removed).en}`, `삭제: ${listed(removed).ko}`)] : []),
    ...(replaced.length > 0 ? [words(`replaces ${listed(replaced).en}`, `교체: ${listed(replaced).ko}`)] : []),
  ];
  if (parts.length === 0) return null;
  return words(
    `This change ${parts.map(({ en }) => en).join(' and ')}.`,
    `이 변경으로 ${parts.map(({ ko }) => ko).join(', ')}`,
  );
}

function listed(changes: readonly ChangedResource[]): Words {
  const names = changes.slice(0, mostNames).map(({ key }) => key);
  const more = changes.length - names.length;
  return more === 0
    ? words(names.join(', '), names.join(', '))
    : words(`${names.join(', ')} and ${more} more`, `${names.join(', ')} 외 ${more}개`);
}

function isEmptyBucket({ physicalId }: Resource): boolean {
  return !holdsFiles(bucketFolder(join(stateDirectory(), 'objects'), physicalId));
}

/** Whether a folder holds anything; one that is not there does not. */
export function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
