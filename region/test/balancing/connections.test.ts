import { describe, expect, test } from 'vitest';
import { type Resources, template } from '../connectivity-templates.ts';
import { type Answer, InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { balancer, forward, ground, listener, rule, saying, server, targets } from './balancing-templates.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay */
const shape = (members: readonly string[], delay: number, ...more: readonly Resources[]) =>
  template(
    ground,
    server('One'),
    server('Two', 'PrivateB'),
    balancer(),
    targets('Group', members, {}, { 'deregistration_delay.timeout_seconds': String(delay) }),
    listener('Front', 80, forward('Group')),
    ...more,
  );

const question = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

async function openNetwork(members: readonly string[], delay: number): Promise<InhabitedNetwork> {
  const network = await InhabitedNetwork.open(shape(members, delay), { One: 8080, Two: 8080 });
  await until(
    () => servers(network),
    (seen) => members.every((each) => seen.has(each)),
  );
  return network;
}

function ask(network: InhabitedNetwork, path: string): Promise<Answer> {
  return network.request('internet', {
    url: `http://${network.publicAddress('Balancer')}${path}`,
    milliseconds: 30_000,
  });
}

async function servers(network: InhabitedNetwork): Promise<Set<string | undefined>> {
  const answers = [];
  for (let index = 0; index < 8; index += 1) answers.push((await ask(network, '/')).asked?.server);
  return new Set(answers);
}

/** Requests under way at both targets. */
async function asking(network: InhabitedNetwork, milliseconds: number): Promise<{ answers: Promise<Answer[]> }> {
  const answers = Promise.all([1, 2, 3, 4].map(() => ask(network, `/slow/${milliseconds}`)));
  const each = () => Promise.all(['One', 'Two'].map((name) => network.underWay(name)));
  await until(each, ([one, two]) => one === 2 && two === 2);
  return { answers };
}

describe.concurrent('who leaves a target group', () => {
  test('deregistration-delay: only what is under way at the one that leaves is cut', async () => {
    await using network = await openNetwork(['One', 'Two'], 1);
    const running = await asking(network, 8_000);
    await network.apply(shape(['One'], 1));
    const answers = await running.answers;
    expect(answers.filter(({ status }) => status === 200).map(({ asked }) => asked?.server)).toEqual(['One', 'One']);
    expect(answers.filter(({ status }) => status !== 200)).toHaveLength(2);
  });

  test('deregistration-delay: an idle client does not notice', async () => {
    await using network = await openNetwork(['One', 'Two'], 1);
    const to = network.publicAddress('Balancer');
    await network.openConnection('internet', { id: 'kept', to, port: 80, greeted: false });
    expect(await network.say('internet', { id: 'kept', text: question })).toMatch(/200 OK/);
    await network.apply(shape(['One'], 1));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await network.say('internet', { id: 'kept', text: question })).toMatch(/200 OK/);
  });

  test('deregistration-delay: it is shown as draining until the delay ends, and gets nothing', async () => {
    await using network = await openNetwork(['One', 'Two'], 6);
    await network.apply(shape(['One'], 6));
    const two = async () => (await network.targets()).find(({ target }) => target === 'Two');
    expect(await two()).toMatchObject({ health: 'draining', reason: 'Target.DeregistrationInProgress' });
    expect(await servers(network)).toEqual(new Set(['One']));
    await until(two, (found) => found === undefined);
  });

  test('deregistration-delay: who comes back is checked again and takes part', async () => {
    await using network = await openNetwork(['One', 'Two'], 30);
    await network.apply(shape(['One'], 30));
    expect(await servers(network)).toEqual(new Set(['One']));
    await network.health('Two', 500);
    await network.apply(shape(['One', 'Two'], 30));
    expect(await servers(network)).toEqual(new Set(['One']));
    await network.health('Two', 200);
    await until(
      () => servers(network),
      (seen) => seen.has('Two'),
    );
  });

  test('deregistration-delay: a request that began under other rules has its time, and no more', async () => {
    await using network = await openNetwork(['One', 'Two'], 1);
    const running = await asking(network, 12_000);
    const said = rule('Front', 1, [{ Field: 'path-pattern', Values: ['/said'] }], saying('said'));
    await network.apply(shape(['One', 'Two'], 1, said));
    expect((await ask(network, '/said')).body).toBe('said');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await network.apply(shape(['One'], 1, said));
    const answers = await running.answers;
    expect(answers.filter(({ status }) => status === 200).map(({ asked }) => asked?.server)).toEqual(['One', 'One']);
  });
});
