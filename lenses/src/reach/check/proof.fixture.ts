import { coveringFleet } from '@terrace/cloud/views/initial-fleet';
import { intentsOf } from '@terrace/cloud/views/intents';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { projectOf } from '../../../../region/test/connectivity-project.ts';
import { type CheckReport, check } from './check.ts';
import type { Outcome } from './intent-check.ts';

/** An intent in one line: `forbid A → B tcp 80`; several senders or receivers are joined by commas. */
export async function proofOf(resources: object, ...lines: readonly string[]): Promise<CheckReport> {
  const intents = lines.map((line, index) => {
    const [verdict, from, , to, protocol, ports = 'all'] = line.split(' ');
    return { id: `i${index}`, verdict, from: from!.split(','), to: to!.split(','), protocol, ports };
  });
  const text = JSON.stringify({ Metadata: { 'Terrace::Intents': intents }, Resources: resources });
  const { inventory, network: deployed } = await projectOf(text);
  const read = intentsOf(inventory);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const network = networkView(inventory, coveringFleet(inventory));
  const report = check({ inventory, intents: read.value, network, deployed, unintended: false, why: false });
  if (!report.ok) throw new Error(JSON.stringify(report.mistakes));
  return report.value;
}

export async function outcomeOf(resources: object, line: string): Promise<Outcome> {
  return (await proofOf(resources, line)).intents[0]!.outcome;
}

/** Codes of everything in the way and of everything that is not known. */
export async function codesOf(resources: object, line: string): Promise<string[]> {
  const report = await proofOf(resources, line);
  const told = report.intents[0]!.failures.flatMap((each) => [...each.blockers, ...each.unknowns]);
  return [...new Set(told.map((each) => each.code))];
}
