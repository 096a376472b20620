import { describe, expect, test } from 'vitest';
import { conditionExpression, quoted } from './haproxy-conditions.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
describe('a condition of a rule', () => {
  test('joins several, all of which must hold', () => {
    expect(
      conditionExpression([
        { field: 'path-pattern', values: ['/a/*', '/b?'] },
        { field: 'http-request-method', values: ['GET'] },
      ]),
    ).toBe("{ path -m reg '^/a/.*$' '^/b.$' } { method GET }");
  });

  test.each([
    ['a.b', '^a\\.b$'],
    ['a+(b)', '^a\\+\\(b\\)$'],
    ['what\\?', '^what\\?$'],
    ['[x]{2}|$', '^\\[x\\]\\{2\\}\\|\\$$'],
  ])('%s has no meaning but its own', (value, expected) => {
    expect(conditionExpression([{ field: 'path-pattern', values: [value] }])).toBe(`{ path -m reg '${expected}' }`);
  });

  test('takes regular expressions as they are, beside patterns', () => {
    const condition = { field: 'path-pattern', values: ['/a?'], expressions: ['^/rx/[0-9]+$'] } as const;
    expect(conditionExpression([condition])).toBe("{ path -m reg '^/a.$' '^/rx/[0-9]+$' }");
    expect(conditionExpression([{ field: 'host-header', values: [], expressions: ['^a|b$'] }])).toBe(
      "{ req.hdr(host),field(1,:) -i -m reg '^a|b$' }",
    );
  });

  test('cannot be broken out of', () => {
    const nasty = "x' } { always_true }\n  http-request deny";
    const text = conditionExpression([{ field: 'host-header', values: [nasty] }]);
    expect(text).not.toContain('\n');
    expect(text.replaceAll("'\\''", '').match(/'/g)).toHaveLength(2);
    expect(quoted("it's")).toBe("'it'\\''s'");
  });
});
