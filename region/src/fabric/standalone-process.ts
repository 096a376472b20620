import { createInterface } from 'node:readline';
import type { NetworkView } from '@terrace/cloud/views/network';
import { type Flow, probe } from '../probe/probe.ts';
import { applyFabric } from './apply.ts';
import { compileFabric } from './compile.ts';
import { namespaceOf } from './compile-interface.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { internet } from './names.ts';
import type { FabricPlan } from './plan.ts';

/** Process 1 of a fabric by itself: questions on standard input, one a line, answers on standard output. */
interface Question {
  readonly apply?: NetworkView;
  readonly probe?: { readonly from: string; readonly flows: readonly Flow[]; readonly milliseconds: number };
  readonly probeAll?: {
    readonly questions: readonly { readonly from: string; readonly flows: readonly Flow[] }[];
    readonly milliseconds: number;
  };
}

let applied: FabricPlan | null = null;
let view: NetworkView | null = null;

for await (const line of createInterface({ input: process.stdin })) {
  try {
    process.stdout.write(`${JSON.stringify({ value: await answer(JSON.parse(line)) })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
  }
}

async function answer(question: Question): Promise<unknown> {
  if (question.apply) {
    const desired = compileFabric(question.apply);
    const start = performance.now();
    await applyFabric(applied, desired);
    applied = desired;
    view = question.apply;
    return performance.now() - start;
  }
  if (question.probe) {
    return probe(sender(question.probe.from), question.probe.flows, question.probe.milliseconds);
  }
  const { questions, milliseconds } = question.probeAll!;
  return mapConcurrently(questions, 2, (each) => probe(sender(each.from), each.flows, milliseconds));
}

function sender(from: string): string {
  if (from === internet) return internet;
  const found = view?.interfaces.find((each) => each.id === from);
  if (!found) throw new Error(`no interface ${from} in this fabric`);
  return namespaceOf(found);
}
