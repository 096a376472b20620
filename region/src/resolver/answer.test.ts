import { describe, expect, test } from 'vitest';
import { answer } from './answer.ts';
import type { RecordType, ResolverRecord, ResolverZone } from './configuration.ts';

const zones: ResolverZone[] = [
  {
    name: 'example.com',
    records: [
      a('www.example.com', '203.0.113.1'),
      a('*.wild.example.com', '203.0.113.9'),
      a('deep.down.example.com', '203.0.113.3'),
    ],
  },
  {
    name: 'internal.example.com',
    records: [
      a('api.internal.example.com', '10.0.0.1', '10.0.0.2'),
      alias('short.internal.example.com', 'api.internal.example.com'),
      cname('other.internal.example.com', 'www.example.com.'),
      cname('loop.internal.example.com', 'loop.internal.example.com'),
    ],
  },
];

describe('a resolver', () => {
  test.each<[string, RecordType, string, string[]]>([
    ['www.example.com', 'A', 'found', ['203.0.113.1']],
    ['WWW.Example.COM.', 'A', 'found', ['203.0.113.1']],
    ['www.example.com', 'AAAA', 'no-data', []],
    ['example.com', 'A', 'no-data', []],
    ['down.example.com', 'A', 'no-data', []],
    ['nothing.example.com', 'A', 'no-such-name', []],
    ['any.wild.example.com', 'A', 'found', ['203.0.113.9']],
    ['two.labels.wild.example.com', 'A', 'found', ['203.0.113.9']],
    ['wild.example.com', 'A', 'no-data', []],
    ['api.internal.example.com', 'A', 'found', ['10.0.0.1', '10.0.0.2']],
    ['short.internal.example.com', 'A', 'found', ['10.0.0.1', '10.0.0.2']],
    ['other.internal.example.com', 'A', 'found', ['www.example.com', '203.0.113.1']],
    ['elsewhere.org', 'A', 'no-such-name', []],
  ])('answers %s %s with %s', (name, type, outcome, values) => {
    const said = answer({ zones }, { name, type }, () => 0.999);
    expect(said.outcome).toBe(outcome);
    expect(said.answers.map((each) => ('data' in each ? each.data : undefined))).toEqual(values);
  });

  // private-zones
  test('lets the most specific zone answer alone, though a wider one has the name', () => {
    const narrow = [...zones, { name: 'www.example.com', records: [] }];
    expect(answer({ zones: narrow }, { name: 'x.www.example.com', type: 'A' }).outcome).toBe('no-such-name');
    expect(answer({ zones: narrow }, { name: 'www.example.com', type: 'A' }).outcome).toBe('no-data');
  });

  test('answers an alias under the asked name', () => {
    const said = answer({ zones }, { name: 'short.internal.example.com', type: 'A' });
    expect(new Set(said.answers.map((each) => each.name))).toEqual(new Set(['short.internal.example.com']));
  });

  test('ends at a name that points at itself', () => {
    const said = answer({ zones }, { name: 'loop.internal.example.com', type: 'A' });
    expect(said.answers.every((each) => each.type === 'CNAME')).toBe(true);
  });

  test('chooses by weight', () => {
    const weighted: ResolverRecord = {
      name: 'w.example.com',
      type: 'A',
      answers: [
        { weight: 3, answer: { kind: 'values', ttl: 1, values: ['10.0.0.1'] } },
        { weight: 1, answer: { kind: 'values', ttl: 1, values: ['10.0.0.2'] } },
      ],
    };
    const at = (point: number) =>
      answer(
        { zones: [{ name: 'example.com', records: [weighted] }] },
        { name: 'w.example.com', type: 'A' },
        () => point,
      ).answers[0];
    expect(at(0.74)).toMatchObject({ data: '10.0.0.1' });
    expect(at(0.76)).toMatchObject({ data: '10.0.0.2' });
  });
});

function a(name: string, ...values: string[]): ResolverRecord {
  return { name, type: 'A', answers: [{ weight: 1, answer: { kind: 'values', ttl: 60, values } }] };
}

function cname(name: string, target: string): ResolverRecord {
  return { name, type: 'CNAME', answers: [{ weight: 1, answer: { kind: 'values', ttl: 60, values: [target] } }] };
}

function alias(name: string, target: string): ResolverRecord {
  return { name, type: 'A', answers: [{ weight: 1, answer: { kind: 'alias', target } }] };
}
