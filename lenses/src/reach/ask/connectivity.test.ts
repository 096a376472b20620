import { describe, expect, test } from 'vitest';
import type { ConnectivityCase, FlowCase } from '../../../../region/test/connectivity/case.ts';
import { connectivityCases } from '../../../../region/test/connectivity/cases.ts';
import { endpointsOf, projectOf } from '../../../../region/test/connectivity-project.ts';
import { echoRequest, tcpPorts, udpPorts } from '../traffic/traffic-set.ts';
import { ask, openReach } from './ask.ts';

/** The same table runs over the kernel in region/test/connectivity.test.ts. */
describe('the reach lens says what AWS documents', () => {
  const isFlow = (each: ConnectivityCase): each is FlowCase => each.kind === 'flow';
  test.each(
    connectivityCases.filter(isFlow).map((each) => ({ ...each, title: each.fact ?? each.line })),
  )('$title: $from → $to $protocol $port by IPv$family $expected', async (row) => {
    const { template, from, to, port, protocol, family, expected, proof } = row;
    const project = await projectOf(template);
    const only = { from: port, to: port };
    const traffic = protocol === 'icmp' ? echoRequest : protocol === 'tcp' ? tcpPorts(only) : udpPorts(only);
    const question = { from: endpointsOf(project, from), to: endpointsOf(project, to), traffic, family };
    const answer = ask(openReach(project.network), question);
    expect(answer.pairs.length).toBeGreaterThan(0);
    expect(answer.pairs.map((pair) => pair.verdict)).toEqual(
      answer.pairs.map(() => proof ?? (expected === 'accepted' ? 'yes' : 'no')),
    );
    if (proof === undefined)
      for (const pair of answer.pairs) expect(pair.blockers.length > 0).toBe(expected === 'timeout');
  });
});
