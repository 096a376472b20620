import { formatAddress } from '@terrace/cloud/address';
import { internetClient } from '@terrace/cloud/allocate/public-addresses';
import { describe, expect, test } from 'vitest';
import { Fabric } from '../src/fabric/standalone.ts';
import type { ConnectivityCase } from './connectivity/case.ts';
import { connectivityCases } from './connectivity/cases.ts';
import { endpointsOf, type Project, projectOf } from './connectivity-project.ts';

const patience = 500;

/** The same table runs over the reach lens in lenses/src/reach/connectivity.test.ts. */
describe('the kernel does what AWS documents', () => {
  const byTemplate = new Map<string, ConnectivityCase[]>();
  for (const each of connectivityCases) byTemplate.set(each.template, [...(byTemplate.get(each.template) ?? []), each]);

  test.each([...byTemplate].map(([template, cases]) => ({ template, cases, fact: cases[0]!.fact })))('$fact', async ({
    template,
    cases,
  }) => {
    const project = await projectOf(template);
    await using fabric = await Fabric.start(project.network);
    for (const each of cases) {
      const outcomes = await Promise.all(
        sendersOf(project, each).flatMap((from) =>
          receiversOf(project, each).map((to) =>
            fabric.probe(from, [{ to, port: each.port, protocol: each.protocol }], patience),
          ),
        ),
      );
      const shown = outcomes.flat().map((outcome) => (outcome === 'timeout' ? 'timeout' : 'accepted'));
      expect({ case: describeCase(each), shown }).toEqual({
        case: describeCase(each),
        shown: shown.map(() => each.expected),
      });
    }
  });
});

/** Interfaces by id, or the client on the region's internet. */
function sendersOf(project: Project, { from }: ConnectivityCase): string[] {
  const { interfaces } = endpointsOf(project, from);
  return interfaces.length > 0 ? interfaces.map((each) => each.id) : ['internet'];
}

function receiversOf(project: Project, { from, to }: ConnectivityCase): string[] {
  const { interfaces, range, internet, byPublicAddress } = endpointsOf(project, to);
  if (range) return [formatAddress(range.base)];
  if (internet) return [formatAddress(internetClient)];
  const outside = endpointsOf(project, from).interfaces.length === 0;
  return interfaces.map((each) =>
    formatAddress((outside || byPublicAddress ? each.publicAddress : null) ?? each.addresses[0]!),
  );
}

function describeCase({ fact, from, to, protocol, port }: ConnectivityCase): string {
  return `${fact}: ${from} → ${to} ${protocol} ${port}`;
}
