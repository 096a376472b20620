import { expect, test } from 'vitest';
import { instanceSize } from './instance-size.ts';

test.each([
  ['t3.nano', 2, 0.5],
  ['t3.micro', 2, 1],
  ['t2.micro', 1, 1],
  ['t4g.small', 2, 2],
  ['t3a.2xlarge', 8, 32],
  ['m5.large', 2, 8],
  ['m7g.medium', 1, 4],
  ['c6i.4xlarge', 16, 32],
  ['r5.12xlarge', 48, 384],
])('%s has %d vCPUs and %d GiB', (type, vcpus, gibibytes) => {
  expect(instanceSize(type)).toEqual({ vcpus, memory: gibibytes * 1024 ** 3 });
});

test.each([
  't3.huge',
  'x2gd.large',
  'm4.large',
  'p5.48xlarge',
  'constructor.large',
  'm5.toString',
  '',
])('of %s the size is not known', (type) => {
  expect(instanceSize(type)).toBeUndefined();
});
