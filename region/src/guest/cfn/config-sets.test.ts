import { describe, expect, test } from 'vitest';
import { configurationsOf } from './config-sets.ts';

const one = { commands: {} };
const sets = {
  configSets: {
    ascending: ['config1', 'config2'],
    descending: ['config2', 'config1'],
    default: [{ ConfigSet: 'ascending' }, 'last'],
    single: 'config1',
    reference: { ConfigSet: 'single' },
  },
  config1: one,
  config2: one,
  last: one,
};
const named = (init: Record<string, unknown>, asked: string) => configurationsOf(init, asked).map(({ name }) => name);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-configsets */
describe('config sets', () => {
  test.each([
    ['default', ['config1', 'config2', 'last']],
    ['descending', ['config2', 'config1']],
    ['single', ['config1']],
    ['reference', ['config1']],
  ])('%s', (asked, configurations) => {
    expect(named(sets, asked)).toEqual(configurations);
  });

  test('are the configuration config where none are stated', () => {
    expect(named({ config: one }, 'default')).toEqual(['config']);
    expect(named({}, 'default')).toEqual(['config']);
  });

  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['a set that is not there', sets, 'absent', /no ConfigSet named absent exists/],
    ['another than default without sets', { config: one }, 'web', /no ConfigSet named web exists/],
    ['an unknown configuration', { configSets: { default: ['none'] } }, 'default', /No configuration found with name/],
    [
      'an unknown configuration of a set that was not asked for',
      { configSets: { default: ['a'], other: ['none'] }, a: one },
      'default',
      /No configuration found with name: none/,
    ],
    ['an unknown set', { configSets: { default: [{ ConfigSet: 'x' }] } }, 'default', /x was referenced/],
    [
      'a circle',
      { configSets: { default: [{ ConfigSet: 'b' }], b: [{ ConfigSet: 'default' }] } },
      'default',
      /circular dependency.*default, b, default/,
    ],
    ['a list instead of a mapping', { configSets: ['a'], a: one }, 'default', /mapping of name to list/],
    ['another reference', { configSets: { default: [{ Set: 'a' }] }, a: one }, 'default', /either a config name/],
  ])('refuse %s', (_, init, asked, said) => {
    expect(() => configurationsOf(init, asked)).toThrow(said);
  });
});
