import { words } from '@terrace/cloud/words';
import type { PartAnswer } from '../answering/part-watch.ts';
import type { Mechanism } from '../fabric/inspect.ts';

/** What `terrace status` says of the region's own processes. */
export function answering(answers: readonly PartAnswer[]): Mechanism {
  const silent = answers.filter(({ silentFor }) => silentFor !== null);
  const told = silent.map(({ part, silentFor }) => `${part} (${((silentFor ?? 0) / 1000).toFixed(1)} s)`).join('; ');
  return {
    name: words("the region's own processes, asked", '로컬 리전의 프로세스에 물어본 결과'),
    inForce: silent.length === 0,
    found:
      silent.length === 0
        ? words(`all ${answers.length} answered`, `${answers.length}개 모두 응답`)
        : words(
            `${silent.length} of ${answers.length} do not answer: ${told}`,
            `${answers.length}개 중 ${silent.length}개가 응답하지 않음: ${told}`,
          ),
  };
}
