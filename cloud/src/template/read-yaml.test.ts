import { describe, expect, test } from 'vitest';
import type { Mistake } from '../mistake.ts';
import { placeOf } from './marks.ts';
import { readYaml } from './read-yaml.ts';

function read(text: string) {
  const mistakes: Mistake[] = [];
  return { value: readYaml({ file: 'a.yaml', text }, mistakes), mistakes };
}

describe('YAML is read as CloudFormation reads it', () => {
  test.each([
    ['yes', true],
    ['off', false],
    ['y', 'y'],
    ['N', 'N'],
    ['2010-09-09', '2010-09-09'],
    ['22:22', '22:22'],
    ['012345678901', '012345678901'],
    ['"80"', '80'],
    ['80', 80],
    ['1.5', 1.5],
    ['~', null],
    ['!Ref A', { Ref: 'A' }],
    ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B.C'] }],
    ['!GetAtt [A, B.C]', { 'Fn::GetAtt': ['A', 'B.C'] }],
    ['!Sub "${A}"', { 'Fn::Sub': '${A}' }],
    ['!Join [",", [a, !Ref B]]', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!If [A, !Ref "AWS::NoValue", b]', { 'Fn::If': ['A', { Ref: 'AWS::NoValue' }, 'b'] }],
    ['!Not [!Condition A]', { 'Fn::Not': [{ Condition: 'A' }] }],
    ['!Base64 |\n  echo a\n  echo b\n', { 'Fn::Base64': 'echo a\necho b\n' }],
  ])('%s', (text, value) => {
    expect(read(`value: ${text}`)).toEqual({ value: { value }, mistakes: [] });
  });

  test('knows where everything stands', () => {
    const { value } = read('a:\n  - b: 1\n    c: 2\n');
    const inner = (value as { a: object[] }).a[0];
    expect(placeOf(inner as never, 'c')).toEqual({ file: 'a.yaml', line: 3, column: 5 });
  });
});
