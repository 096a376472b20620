import { type Words, words } from '@terrace/cloud/words';
import type { DriftEvent, DriftSummary } from './drift-record.ts';

/** The kernel differed from the region: what was missing, and what was done. */
export function driftText({ state, where, missing, said }: DriftEvent): Words {
  const { en, ko } = missingText(where, missing);
  switch (state) {
    case 'found':
      return words(`${en}; being repaired`, `${ko}. 복구하는 중`);
    case 'repaired':
      return words(`${en}; repaired`, `${ko}. 복구함`);
    case 'not-repaired':
      return words(`${en}; not repaired: ${said}`, `${ko}. 복구하지 못함: ${said}`);
  }
}

/** One that is past or still there, as `terrace status` and `terrace diff` show it. */
export function driftSummaryText({ where, missing, repairedAt, attempts, said }: DriftSummary): Words {
  const { en, ko } = missingText(where, missing);
  if (repairedAt !== null) {
    const time = repairedAt.slice(11, 19);
    return words(`${en}; repaired at ${time} UTC`, `${ko}. ${time}(UTC)에 복구함`);
  }
  if (said === null) return words(`${en}; being repaired`, `${ko}. 복구하는 중`);
  return words(
    `${en}; not repaired after ${attempts} attempts: ${said}`,
    `${ko}. ${attempts}번 시도했지만 복구하지 못함: ${said}`,
  );
}

function missingText(where: string, missing: readonly string[]): Words {
  const shown = missing.slice(0, 3).join('; ');
  const more = missing.length - 3;
  return words(
    `changed from outside in ${where}: ${shown}${more > 0 ? ` and ${more} more` : ''}`,
    `${where}, 외부에서 변경됨: ${shown}${more > 0 ? ` 외 ${more}개` : ''}`,
  );
}
