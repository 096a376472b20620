import { describe, expect, test } from 'vitest';
import { outputLines } from './up-report.ts';

describe('outputs', () => {
  const page = { stack: 'web', name: 'Page', value: 'http://198.18.0.5/' };
  test.each([
    ['none', [], []],
    ['of one stack', [page], ['Outputs:', '  Page = http://198.18.0.5/']],
    [
      'that CDK makes for another stack',
      [page, { ...page, name: 'ExportsOutputRefVpc' }],
      ['Outputs:', '  Page = http://198.18.0.5/'],
    ],
    [
      'of two stacks',
      [page, { stack: 'data', name: 'Ports', value: [80, 443] }],
      ['Outputs:', '  web.Page = http://198.18.0.5/', '  data.Ports = [80,443]'],
    ],
  ])('%s', (_, outputs, lines) => {
    expect(outputLines({ outputs }, 'en')).toEqual(lines);
  });

  test('have a Korean heading', () => {
    expect(outputLines({ outputs: [page] }, 'ko')[0]).toBe('출력:');
  });
});
