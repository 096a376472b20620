import { words } from '@terrace/cloud/words';
import type { Link } from './behind-balancer.ts';
import type { Diagnosis } from './ladder.ts';

export interface DiagnosisBehind extends Omit<Diagnosis, 'failed'> {
  /** The first rung or link that fails. */
  readonly failed: Diagnosis['failed'] | Link['kind'];
  /** What a request depends on behind a balancer; empty for what is none. */
  readonly behind: readonly Link[];
}

/** A diagnosis that goes on behind the balancer: well only if all of that is well too. */
export function withBehind(diagnosis: Diagnosis, behind: readonly Link[], to: string): DiagnosisBehind {
  if (diagnosis.failed !== null && !(diagnosis.failed === 'listener' && behind[0]?.state === 'failed'))
    return { ...diagnosis, behind };
  const failed = behind.find(({ state }) => state === 'failed');
  const unknown = behind.find(({ state }) => state === 'unknown');
  if (failed)
    return {
      ...diagnosis,
      behind,
      failed: failed.kind,
      summary: words(
        `The way to ${to} is open; what fails is behind it, ${failed.name}: ${failed.seen.en}`,
        `${to}까지는 연결됩니다. 그 뒤의 원인: ${failed.name}: ${failed.seen.ko}`,
      ),
      next: failed.next,
    };
  if (!unknown) return { ...diagnosis, behind };
  return {
    ...diagnosis,
    behind,
    summary: words(
      `The way to ${to} is open; not known behind it, ${unknown.name}: ${unknown.seen.en}`,
      `${to}까지는 연결됩니다. 그 뒤에 알 수 없는 것: ${unknown.name}: ${unknown.seen.ko}`,
    ),
  };
}
