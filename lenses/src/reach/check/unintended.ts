import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { type Meant, type OpenFlow, openFlows } from '../ask/open-flows.ts';
import type { Reach } from '../ask/question.ts';
import { intervalOf } from '../engine/network-index.ts';
import { covers, type Intervals, unite } from '../traffic/intervals.ts';
import type { ResolvedIntent } from './intent-check.ts';

/** What is open and what no intent asks for, with its exact ports and addresses. */
export function unintendedFlows(reach: Reach, resolved: readonly ResolvedIntent[]): OpenFlow[] {
  return openFlows(reach, meantBy(resolved.filter(({ intent }) => intent.verdict === 'allow')));
}

function meantBy(allowed: readonly ResolvedIntent[]): Meant {
  return (from, to, outside) =>
    unite(
      ...allowed
        .filter((each) => means(each.from, from, outside) && means(each.to, to, outside))
        .map((each) => each.traffic),
    );
}

function means(endpoints: readonly Endpoints[], each: NetworkInterface | null, outside: Intervals): boolean {
  return endpoints.some((one) => {
    if (each !== null) return one.interfaces.some((other) => other.id === each.id);
    return one.internet || (one.range !== null && covers(intervalOf(one.range), outside));
  });
}
