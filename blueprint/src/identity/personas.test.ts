import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant } from '../synthesize-variant.fixture.ts';

const variants = [
  ['three levels', {}],
  ['two levels', { team: 'two-level' }],
  ['roles that deploy, everything turned on', everything],
] as const;

describe.each(variants)('a team of %s', (_name, context) => {
  const { identity, money } = synthesizeVariant(context);
  const policies = Object.entries({ ...identity.Resources, ...money.Resources }).filter(
    ([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy',
  );
  const groups = Object.values(identity.Resources).filter(({ Type }) => Type === 'AWS::IAM::Group');

  test.each(policies)('has a policy %s within IAM’s 6,144 characters', (_id, { Properties }) => {
    expect(JSON.stringify(Properties.PolicyDocument).replace(/\s/g, '').length).toBeLessThan(6_144);
  });

  test('leaves room in each group, which takes ten policies, for the one that the budget attaches', () => {
    for (const { Properties } of groups) expect(Properties.ManagedPolicyArns.length).toBeLessThanOrEqual(9);
  });

  test('gives AdministratorAccess to administrators only', () => {
    const powerful = groups.filter(({ Properties }) => JSON.stringify(Properties).includes('AdministratorAccess'));
    expect(powerful.map(({ Properties }) => Properties.GroupName)).toEqual(['terrace-admin']);
  });

  test('guards everybody but administrators, and asks for a second factor of whoever can change something', () => {
    for (const { Properties } of groups) {
      const attached = JSON.stringify(Properties.ManagedPolicyArns);
      expect(attached.includes('"Everybody"'), Properties.GroupName).toBe(Properties.GroupName !== 'terrace-admin');
      expect(attached.includes('"SecondFactor"'), Properties.GroupName).toBe(Properties.GroupName !== 'terrace-viewer');
    }
  });

  test('says of each persona what it is for, in both languages', () => {
    for (const { Metadata, Properties } of groups) {
      const persona = Metadata['Terrace::Persona'];
      expect(Properties.GroupName).toBe(`terrace-${persona.name}`);
      expect(persona.purpose.ko).toMatch(/[가-힣]/);
    }
  });

  test('puts every role of a server under the boundary', () => {
    const roles = Object.values(identity.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThanOrEqual(2);
    for (const { Properties } of roles) expect(Properties.PermissionsBoundary).toEqual({ Ref: 'RoleBoundary' });
  });
});

describe('a team of two levels that becomes one of three', () => {
  test('keeps its policies: an operator has what DevOps has', () => {
    const two = synthesizeVariant({ team: 'two-level' }).identity.Resources;
    const three = synthesizeVariant({}).identity.Resources;
    expect(two.OperatorGroup?.Properties.ManagedPolicyArns).toEqual(three.DevopsGroup?.Properties.ManagedPolicyArns);
    expect(two.AdminGroup).toEqual(three.AdminGroup);
  });
});
