import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant, type TemplateResource } from './synthesize-variant.fixture.ts';

/** Lists in a resource whose entries are rules or permissions of their own. */
function rules({ Type, Properties }: TemplateResource): [list: string, count: number][] {
  const lists: [string, unknown][] = [
    ['SecurityGroupIngress', Properties.SecurityGroupIngress],
    ['SecurityGroupEgress', Properties.SecurityGroupEgress],
    ['Statement', Type === 'AWS::IAM::ManagedPolicy' ? Properties.PolicyDocument.Statement : []],
    [
      'Policies',
      Type === 'AWS::IAM::Role'
        ? (Properties.Policies ?? []).filter(
            (policy: { PolicyDocument: { Statement: unknown[] } }) => policy.PolicyDocument.Statement.length === 1,
          )
        : [],
    ],
  ];
  return lists.map(([list, entries]) => [list, Array.isArray(entries) ? entries.length : 0]);
}

function unreasoned(resources: Readonly<Record<string, TemplateResource>>): string[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const missing = complete(resource.Metadata?.['Terrace::Reason']) ? [] : [id];
    const reasons = resource.Metadata?.['Terrace::Reasons'] ?? {};
    for (const [list, count] of rules(resource)) {
      for (let index = 0; index < count; index++) {
        if (!complete(reasons[`${list}/${index}`])) missing.push(`${id} ${list}/${index}`);
      }
    }
    return missing;
  });
}

function complete(reason: { en?: string; ko?: string } | undefined): boolean {
  return (reason?.en?.length ?? 0) > 10 && /[가-힣]{2}/.test(reason?.ko ?? '');
}

describe('every resource, rule and permission says why it is there, in both languages', () => {
  test.each([
    ['the classroom', {}],
    ['production', { profile: 'production' }],
    ['everything turned on', everything],
    ['no way out', { nat: 'none', databaseAcl: false }],
    ['a team of two levels', { team: 'two-level', nat: 'first-zone-only' }],
  ])('in %s', (_name, context) => {
    expect(unreasoned(synthesizeVariant(context).resources)).toEqual([]);
  });

  test('and one without a reason is found', () => {
    const { resources } = synthesizeVariant({});
    const { Metadata: _, ...bare } = resources['network/PublicVpc']!;
    const group = resources['service/WebSecurityGroup']!;
    const forgotten = { ...group, Metadata: { ...group.Metadata, 'Terrace::Reasons': {} } };
    expect(unreasoned({ vpc: bare as TemplateResource, group: forgotten })).toEqual([
      'vpc',
      'group SecurityGroupEgress/0',
      'group SecurityGroupEgress/1',
      'group SecurityGroupEgress/2',
    ]);
  });

  test('and so does every intent', () => {
    const intents = synthesizeVariant(everything).service.Metadata?.['Terrace::Intents'] as {
      id: string;
      reason: { en: string; ko: string };
    }[];
    expect(intents.length).toBeGreaterThan(8);
    expect(intents.filter(({ reason }) => !complete(reason))).toEqual([]);
    expect(new Set(intents.map(({ id }) => id)).size).toBe(intents.length);
  });
});
