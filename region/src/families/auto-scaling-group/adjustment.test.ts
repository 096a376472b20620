import type { AdjustmentType } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import { describe, expect, test } from 'vitest';
import { adjusted, capacityAtTarget, stepFor } from './adjustment.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-scaling-adjustment */
describe('an adjustment', () => {
  test.each([
    // ChangeInCapacity: three and five more are eight.
    ['ChangeInCapacity', 3, 5, 1, 8],
    ['ChangeInCapacity', 3, -1, 1, 2],
    ['ChangeInCapacity', 1, -3, 1, 0],
    // ExactCapacity: three become five.
    ['ExactCapacity', 3, 5, 1, 5],
    ['ExactCapacity', 10, 0, 1, 0],
    // PercentChangeInCapacity: ten and a tenth are eleven.
    ['PercentChangeInCapacity', 10, 10, 1, 11],
    // More than 1 is rounded down: 12.7 is 12.
    ['PercentChangeInCapacity', 10, 127, 1, 22],
    // Between 0 and 1 is rounded to 1: .67 is 1.
    ['PercentChangeInCapacity', 10, 6.7, 1, 11],
    // Between 0 and -1 is rounded to -1: -.58 is -1.
    ['PercentChangeInCapacity', 10, -5.8, 1, 9],
    // Less than -1 is rounded up: -6.67 is -6.
    ['PercentChangeInCapacity', 10, -66.7, 1, 4],
    ['PercentChangeInCapacity', 4, -100, 1, 0],
    ['PercentChangeInCapacity', 0, 50, 1, 0],
    // MinAdjustmentMagnitude: a quarter of four is one, and two are added at least.
    ['PercentChangeInCapacity', 4, 25, 2, 6],
    ['PercentChangeInCapacity', 4, -25, 2, 2],
    ['PercentChangeInCapacity', 40, 25, 2, 50],
  ] as const)('%s: %i by %d, by %i at least, is %i', (type, capacity, amount, leastMagnitude, expected) => {
    expect(adjusted(capacity, { type: type as AdjustmentType, amount, leastMagnitude })).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-scaling-steps */
describe('the steps of AWS’s example', () => {
  // Out above 60: nobody up to 70, a tenth up to 80, three tenths beyond.
  const out = [
    { from: 0, to: 10, amount: 0 },
    { from: 10, to: 20, amount: 10 },
    { from: 20, to: null, amount: 30 },
  ];
  // In below 40: nobody down to 30, a tenth down to 20, three tenths beyond.
  const into = [
    { from: -10, to: 0, amount: 0 },
    { from: -20, to: -10, amount: -10 },
    { from: null, to: -20, amount: -30 },
  ];
  test.each([
    [60, 0],
    [69.9, 0],
    [70, 10],
    [79.9, 10],
    [80, 30],
    [100, 30],
    [59, undefined],
  ])('out at %d', (value, amount) => {
    expect(stepFor(out, value, 60)?.amount).toBe(amount);
  });

  test.each([
    [40, 0],
    [30.1, 0],
    [30, -10],
    [20.1, -10],
    [20, -30],
    [0, -30],
    [41, undefined],
  ])('in at %d', (value, amount) => {
    expect(stepFor(into, value, 40)?.amount).toBe(amount);
  });

  test('one step without bounds is for every value', () => {
    expect(stepFor([{ from: null, to: null, amount: 1 }], 5, 60)?.amount).toBe(1);
    expect(stepFor([{ from: 0, to: null, amount: 1 }], 60, 60)?.amount).toBe(1);
  });
});

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html */
describe('the capacity at a target', () => {
  test.each([
    [4, 70, 50, 6],
    [10, 60, 50, 12],
    [1, 51, 50, 2],
    [2, 100, 50, 4],
    // A metric may pass what is possible for a share.
    [1, 3000, 1000, 3],
    [4, 44, 50, 4],
    [10, 44, 50, 9],
    [10, 5, 50, 1],
    [3, 0, 50, 0],
    [7, 50, 50, 7],
  ])('%i at %d for a target of %d is %i', (capacity, value, target, expected) => {
    expect(capacityAtTarget(capacity, value, target)).toBe(expected);
  });
});
