import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { describe, expect, test } from 'vitest';
import { Generations } from './generations.ts';

const one = { id: 'i-1', port: 80 } as Target;
const two = { id: 'i-2', port: 80 } as Target;
const memory = 360_000;

function group(attributes: Record<string, string>, protocol = 'TCP'): TargetGroup {
  return { id: 'group', protocol, attributes } as unknown as TargetGroup;
}

function node(of: TargetGroup, taken: readonly Target[], registered: readonly Target[] = [one, two]) {
  const unhealthy = registered.filter((each) => !taken.includes(each));
  return [{ group: of, registered, taken, unhealthy }];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
describe('connections of a target that is no longer taken', () => {
  test('nlb-unhealthy-termination: end at once, and those of its recovery do not', () => {
    const generations = new Generations();
    const of = group({});
    generations.follow(node(of, [one, two]), 0, memory);
    const [first] = generations.taken;
    expect(generations.follow(node(of, [two]), 1000, memory).map(({ target }) => target.id)).toEqual(['i-1']);
    expect(generations.ended).toEqual([first!.mark]);
    generations.follow(node(of, [one, two]), 2000, memory);
    const again = generations.taken.find(({ target }) => target.id === 'i-1')!;
    expect(generations.ended).not.toContain(again.mark);
    generations.follow(node(of, [one, two]), 1000 + memory, memory);
    expect(generations.ended).toEqual([]);
  });

  test('nlb-unhealthy-termination: with a draining interval they end after it, unless it recovers', () => {
    const of = group({
      'target_health_state.unhealthy.connection_termination.enabled': 'false',
      'target_health_state.unhealthy.draining_interval_seconds': '10',
    });
    const generations = new Generations();
    generations.follow(node(of, [one, two]), 0, memory);
    const [first] = generations.taken;
    expect(generations.follow(node(of, [two]), 1000, memory)).toEqual([]);
    generations.follow(node(of, [one, two]), 5000, memory);
    expect(generations.taken.find(({ target }) => target.id === 'i-1')).toEqual(first);
    generations.follow(node(of, [two]), 20_000, memory);
    expect(generations.follow(node(of, [two]), 29_999, memory)).toEqual([]);
    expect(generations.follow(node(of, [two]), 30_000, memory)).toEqual([first]);
  });

  test('nlb-unhealthy-termination: UDP knows no such end', () => {
    const generations = new Generations();
    const of = group({}, 'UDP');
    generations.follow(node(of, [one, two]), 0, memory);
    expect(generations.follow(node(of, [two]), 1000, memory)).toEqual([]);
    expect(generations.follow(node(of, [two]), memory, memory)).toEqual([]);
  });

  test.each([
    ['TCP', undefined, false],
    ['TCP', 'true', true],
    ['UDP', undefined, true],
    ['UDP', 'false', false],
  ])('nlb-deregistration-termination: of %s, told %s, end after the delay: %s', (protocol, told, ends) => {
    const of = group(
      {
        'deregistration_delay.timeout_seconds': '5',
        ...(told === undefined ? {} : { 'deregistration_delay.connection_termination.enabled': told }),
      },
      protocol,
    );
    const generations = new Generations();
    generations.follow(node(of, [one, two]), 0, memory);
    expect(generations.follow(node(of, [two], [two]), 1000, memory)).toEqual([]);
    expect(generations.follow(node(of, [two], [two]), 6000, memory)).toHaveLength(ends ? 1 : 0);
  });

  test('lb-fail-open: nobody loses connections when the last healthy one goes too', () => {
    const generations = new Generations();
    const of = group({});
    generations.follow(node(of, [one]), 0, memory);
    expect(generations.follow(node(of, [one, two]), 1000, memory)).toEqual([]);
    expect(generations.ended).toEqual([]);
  });

  test('nlb-unhealthy-termination: who has not been judged yet loses none', () => {
    const generations = new Generations();
    const of = group({});
    const [at] = node(of, [one, two]);
    generations.follow([at!], 0, memory);
    expect(generations.follow([{ ...at!, taken: [two] }], 1000, memory)).toEqual([]);
    expect(generations.follow([{ ...at!, taken: [two] }], memory, memory)).toEqual([]);
  });
});
