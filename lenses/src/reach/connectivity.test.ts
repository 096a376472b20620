import { describe, expect, test } from 'vitest';
import { connectivityCases } from '../../../region/test/connectivity/cases.ts';
import { endpointsOf, projectOf } from '../../../region/test/connectivity-project.ts';
import { ask, openReach } from './ask.ts';
import { echoRequest, tcpPorts, udpPorts } from './traffic-set.ts';

/** The same table runs over the kernel in region/test/connectivity.test.ts. */
describe('the reach lens says what AWS documents', () => {
  test.each(
    connectivityCases.map((each) => ({ ...each, port: each.port })),
  )('$fact: $from → $to $protocol $port $expected', async ({ template, from, to, port, protocol, expected }) => {
    const project = await projectOf(template);
    const only = { from: port, to: port };
    const traffic = protocol === 'icmp' ? echoRequest : protocol === 'tcp' ? tcpPorts(only) : udpPorts(only);
    const question = { from: endpointsOf(project, from), to: endpointsOf(project, to), traffic };
    const answer = ask(openReach(project.network), question);
    expect(answer.pairs.length).toBeGreaterThan(0);
    expect(answer.pairs.map((pair) => pair.reachable)).toEqual(answer.pairs.map(() => expected === 'accepted'));
    for (const pair of answer.pairs) expect(pair.blockers.length > 0).toBe(expected === 'timeout');
  });
});
