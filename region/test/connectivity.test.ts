import { describe, expect, test } from 'vitest';
import { Fabric } from '../src/fabric/standalone.ts';
import type { ConnectivityCase, FlowCase } from './connectivity/case.ts';
import { connectivityCases } from './connectivity/cases.ts';
import { type Conversation, conversationsIn } from './connectivity-conversations.ts';
import { describeCase, outcomesOf } from './connectivity-flows.ts';
import { projectOf } from './connectivity-project.ts';

/** Flows of the same table run over the reach lens in lenses/src/reach/ask/connectivity.test.ts. */
describe('the kernel does what AWS documents of', () => {
  const isFlow = (each: ConnectivityCase): each is FlowCase => each.kind === 'flow';
  const isConversation = (each: ConnectivityCase): each is Conversation => each.kind !== 'flow';

  test.concurrent.each(together(connectivityCases.filter(isFlow)))('$title', async ({ rows }) => {
    const project = await projectOf(rows[0]!.template);
    await using fabric = await Fabric.start(project.network);
    for (const each of rows) {
      const shown = await outcomesOf(fabric, project, each);
      expect({ case: describeCase(each), shown }).toEqual({
        case: describeCase(each),
        shown: shown.map(() => each.expected),
      });
    }
  });

  test.concurrent.each(together(connectivityCases.filter(isConversation)))('$title', async ({ rows }) => {
    for await (const { row, expected, shown } of conversationsIn(rows)) {
      expect({ case: describeCase(row), shown }).toEqual({ case: describeCase(row), shown: expected });
    }
  });
});

/** Rows that can share one network: of one template and the same servers, none of which changes it. */
function together<T extends ConnectivityCase>(rows: readonly T[]): { title: string; rows: T[] }[] {
  const groups = new Map<string, T[]>();
  rows.forEach((row, index) => {
    const changes = row.kind === 'connection' || (row.kind === 'request' && row.request.meanwhile !== undefined);
    const key = JSON.stringify([row.template, 'servers' in row ? row.servers : {}, changes ? index : null]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  });
  return [...groups.values()].map((each) => ({
    title: [...new Set(each.map(({ line, fact }) => fact ?? line))].join(', '),
    rows: each,
  }));
}
