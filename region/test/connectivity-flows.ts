import { formatAddress } from '@terrace/cloud/address';
import { formatAddress6, parseAddress6 } from '@terrace/cloud/address6';
import { internetClient, internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import type { Fabric } from '../src/fabric/standalone.ts';
import type { ConnectivityCase, FlowCase } from './connectivity/case.ts';
import { endpointsOf, type Project } from './connectivity-project.ts';

/** Milliseconds without an answer that count as silence; what is let through may take longer on a busy machine. */
const silence = 500;
const patience = 10_000;

/** What comes of a flow between every sender and every receiver that its row means. */
export async function outcomesOf(
  fabric: Fabric,
  project: Project,
  each: FlowCase,
): Promise<readonly FlowCase['expected'][]> {
  const receivers = receiversOf(project, each);
  // Nobody has an address of the family: nothing can be sent.
  if (receivers.length === 0) return ['timeout'];
  const outcomes = await Promise.all(
    sendersOf(project, each).flatMap((from) =>
      receivers.map((to) =>
        fabric.probe(
          from,
          [{ to, port: each.port, protocol: each.protocol }],
          each.expected === 'timeout' ? silence : patience,
        ),
      ),
    ),
  );
  return outcomes.flat().map((outcome) => (outcome === 'timeout' ? 'timeout' : 'accepted'));
}

/** Interfaces by id, or the client on the region's internet. */
function sendersOf(project: Project, { from }: FlowCase): string[] {
  const { interfaces } = endpointsOf(project, from);
  return interfaces.length > 0 ? interfaces.map((each) => each.id) : ['internet'];
}

function receiversOf(project: Project, { from, to, family }: FlowCase): string[] {
  if (family === 6) return receivers6(project, to);
  const { interfaces, range, internet, byPublicAddress } = endpointsOf(project, to);
  if (range) return [formatAddress(range.base)];
  if (internet) return [formatAddress(internetClient)];
  const outside = endpointsOf(project, from).interfaces.length === 0;
  return interfaces.map((each) =>
    formatAddress((outside || byPublicAddress ? each.publicAddress : null) ?? each.addresses[0]!),
  );
}

function receivers6(project: Project, to: string): string[] {
  if (parseAddress6(to) !== undefined) return [to];
  const { interfaces, internet } = endpointsOf(project, to);
  if (internet) return [formatAddress6(internetClient6)];
  const { addresses } = project.network.modelled!.ipv6;
  return interfaces.flatMap(({ id }) => addresses[id]?.slice(0, 1) ?? []).map(formatAddress6);
}

export function describeCase(row: ConnectivityCase): string {
  const subject = [row.line, row.fact].filter((each) => each !== null).join(', ');
  switch (row.kind) {
    case 'flow':
      return `${subject}: ${row.from} → ${row.to} ${row.protocol} ${row.port}${row.family === 6 ? ' by IPv6' : ''}`;
    case 'request':
      return `${subject}: ${row.from} ${JSON.stringify({ ...row.request, meanwhile: undefined })}`;
    case 'question':
      return `${subject}: ${row.from} asks ${row.resolver} for ${row.type} of ${row.name}`;
    case 'clock':
      return `${subject}: ${row.from} asks ${row.server} for the time`;
    case 'connection':
      return `${subject}: ${row.from} → ${row.to} ${row.port}`;
  }
}
