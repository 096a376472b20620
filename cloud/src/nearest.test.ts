import { describe, expect, test } from 'vitest';
import { closest, nearest } from './nearest.ts';

describe('the nearest name', () => {
  const names = ['CidrBlock', 'VpcId', 'EnableDnsSupport', 'EnableDnsHostnames', 'Tags'];

  test.each([
    ['CidrBlok', 'CidrBlock'],
    ['cidrblock', 'CidrBlock'],
    ['CidrBlcok', 'CidrBlock'],
    ['EnableDnsSuport', 'EnableDnsSupport'],
    ['EnableDnsHostname', 'EnableDnsHostnames'],
    ['VpcIds', 'VpcId'],
    ['Tag', 'Tags'],
    ['Tgas', 'Tags'],
    ['Colour', undefined],
    ['', undefined],
    ['toString', undefined],
  ])('of %j is %j', (word, expected) => {
    expect(nearest(word, names)).toBe(expected);
  });

  test('takes a moment for thousands of words among thousands', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `Resource${index}`);
    const start = performance.now();
    for (let index = 0; index < 1000; index++) expect(nearest(`Resource${index}x`, many)).toBeDefined();
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

test('the closest names are three, closest first and otherwise by the alphabet', () => {
  const names = ['RunInstances', 'StopInstances', 'StartInstances', 'CreateVpc', 'DeleteVpc'];
  expect(closest('StrtInstances', names)).toEqual(['StartInstances', 'StopInstances', 'RunInstances']);
  expect(closest('?', names, 1)).toEqual(['CreateVpc']);
  expect(closest('x'.repeat(1000), ['a'.repeat(1000), 'short'])).toEqual(['short']);
});
