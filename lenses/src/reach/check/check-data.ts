import { formatAddress } from '@terrace/cloud/address';
import { bySubnets, type OpenFlow } from '../ask/open-flows.ts';
import { pairsOf } from '../traffic/intervals.ts';
import { trafficData } from '../traffic/traffic-set.ts';
import type { CheckReport, Comparison } from './check.ts';

/** A report as `terrace check --json` prints it. */
export function checkData(report: CheckReport, comparison: Comparison | null) {
  return {
    ok: report.ok,
    intents: report.intents.map(({ intent, outcome, pairs, failures }) => ({
      id: intent.id,
      verdict: intent.verdict,
      outcome,
      holds: outcome === 'holds',
      proven: pairs,
      reason: intent.reason,
      place: intent.place,
      failures: failures.map(({ traffic, ...failure }) => ({ ...failure, traffic: trafficData(traffic) })),
    })),
    ...(report.unintended ? { unintended: flowData(report.unintended) } : {}),
    ...(report.rules ? { rules: report.rules.map(({ rule, needed }) => ({ ...rule, needed })) } : {}),
    ...(report.resilience ? { resilience: report.resilience } : {}),
    ...(comparison ? { opened: flowData(comparison.opened), closed: flowData(comparison.closed) } : {}),
  };
}

function flowData(flows: readonly OpenFlow[]) {
  return bySubnets(flows).map(({ addresses, traffic, ...flow }) => ({
    ...flow,
    ...(addresses.length > 0
      ? { addresses: pairsOf(addresses).map(([from, to]) => ({ from: formatAddress(from), to: formatAddress(to) })) }
      : {}),
    traffic: trafficData(traffic),
  }));
}
