import type { Scaling, ScalingPolicy } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import { describe, expect, test } from 'vitest';
import { decide, type GroupNow, type Invocation } from './decision.ts';

function policy(name: string, scaling: Scaling): ScalingPolicy {
  return { arn: name, name, group: 'web', warmup: 300, scaling };
}

const tracking = policy('cpu', { kind: 'target-tracking', target: 50, scalesIn: true, metric: {} });
const requests = policy('requests', { kind: 'target-tracking', target: 1000, scalesIn: true, metric: {} });
const outOnly = policy('out-only', { kind: 'target-tracking', target: 1000, scalesIn: false, metric: {} });
/** As AWS's example: one more from 60 on, three more from 70 on. */
const steps = policy('steps', {
  kind: 'step',
  type: 'ChangeInCapacity',
  leastMagnitude: 1,
  steps: [
    { from: 0, to: 10, amount: 1 },
    { from: 10, to: null, amount: 3 },
  ],
});
const stepsIn = policy('steps-in', {
  kind: 'step',
  type: 'PercentChangeInCapacity',
  leastMagnitude: 1,
  steps: [{ from: null, to: 0, amount: -50 }],
});
const simple = policy('simple', {
  kind: 'simple',
  adjustment: { type: 'ChangeInCapacity', amount: 2, leastMagnitude: 1 },
  cooldown: 300,
});

function by(invoked: ScalingPolicy, value: number | null, threshold: number): Invocation {
  return { policy: invoked, alarm: `${invoked.name}-alarm`, state: 'ALARM', value, threshold };
}

function group(
  desired: number,
  { warm = desired, members = desired, least = 1, most = 10, isCoolingDown = false } = {},
): GroupNow {
  return { least, most, desired, members, isCoolingDown, warmedUp: () => warm };
}

describe('policies decide', () => {
  test.each<[string, GroupNow, Invocation[], number | null]>([
    ['nothing where no alarm invokes one', group(2), [], null],
    ['by target tracking: out in proportion', group(4), [by(tracking, 70, 50)], 6],
    ['no more than the most', group(8), [by(tracking, 100, 50)], 10],
    ['nothing at the most', group(10), [by(tracking, 100, 50)], null],
    ['nothing while the metric has no value', group(4), [by(tracking, null, 50)], null],
    ['nothing once the metric is below again and the alarm not yet over', group(4), [by(tracking, 40, 50)], null],
    ['nothing more while those that were added warm up', group(6, { warm: 4 }), [by(tracking, 70, 50)], null],
    ['more of them where the metric has risen meanwhile', group(6, { warm: 4 }), [by(tracking, 90, 50)], 8],
    ['nothing while all warm up', group(2, { warm: 0 }), [by(tracking, 90, 50)], null],
    ['in, by the alarm below the target', group(10), [by(tracking, 20, 45)], 4],
    ['nobody where a fraction of one would go', group(2), [by(tracking, 44, 45)], null],
    ['no fewer than the least', group(4, { least: 2 }), [by(tracking, 0, 45)], 2],
    ['nobody leaves while others warm up', group(4, { warm: 3 }), [by(tracking, 10, 45)], null],
    ['in, though it could not launch all', group(4, { warm: 2, members: 2 }), [by(tracking, 10, 45)], 1],
    ['by a step: one more', group(2), [by(steps, 62, 60)], 3],
    ['by a higher step: three more', group(2), [by(steps, 75, 60)], 5],
    ['nothing for the same step while one warms up', group(3, { warm: 2 }), [by(steps, 65, 60)], null],
    ['the difference to a higher step', group(3, { warm: 2 }), [by(steps, 75, 60)], 5],
    ['by a step in', group(6), [by(stepsIn, 20, 40)], 3],
    ['no step in while others warm up', group(6, { warm: 5 }), [by(stepsIn, 20, 40)], null],
    ['nothing for a value that no step has', group(2), [by(steps, 50, 60)], null],
    ['by a simple policy', group(2), [by(simple, null, 60)], 4],
    ['nothing by a simple one during its cooldown', group(2, { isCoolingDown: true }), [by(simple, null, 60)], null],
    ['by others during a cooldown', group(2, { isCoolingDown: true }), [by(simple, 62, 60), by(steps, 62, 60)], 3],
    ['the largest of several', group(4), [by(steps, 62, 60), by(tracking, 70, 50), by(simple, 62, 60)], 6],
    ['out where one asks for in and another for out', group(4), [by(tracking, 10, 45), by(requests, 2000, 1000)], 8],
  ])('%s', (_case, now, invocations, expected) => {
    const policies = invocations.map((each) => each.policy);
    expect(decide(now, policies, invocations)?.desired ?? null).toBe(expected);
  });

  test('in only where every policy that tracks a target and scales in asks for it', () => {
    const one = by(tracking, 10, 45);
    expect(decide(group(10), [tracking, requests], [one])).toBeNull();
    expect(decide(group(10), [tracking, requests], [one, by(requests, 500, 900)])?.desired).toBe(5);
    expect(decide(group(10), [tracking, outOnly], [one])?.desired).toBe(2);
  });

  test('and says by which policy and alarm', () => {
    expect(decide(group(4), [steps, tracking], [by(steps, 62, 60), by(tracking, 70, 50)])?.by).toMatchObject({
      policy: { name: 'cpu' },
      alarm: 'cpu-alarm',
      state: 'ALARM',
    });
  });
});
