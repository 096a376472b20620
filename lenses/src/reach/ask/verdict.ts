import type { Journey } from '../engine/journey.ts';
import { covers, isEmpty } from '../traffic/intervals.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';

/** What a proof may come to. What is not known is neither a yes nor a no. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** Whether all of the traffic passes and is answered; with `null`, whether any does. */
export function verdictOf(journey: Journey, wanted: TrafficSet | null): Verdict {
  if (wanted === null) return isEmpty(journey.mayBeAllowed) ? 'no' : isEmpty(journey.allowed) ? 'unknown' : 'yes';
  return covers(journey.allowed, wanted) ? 'yes' : covers(journey.mayBeAllowed, wanted) ? 'unknown' : 'no';
}

/** Of several questions that all have to be answered by yes: one no decides, and one that is not known keeps it from being a yes. */
export function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0 || verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}
