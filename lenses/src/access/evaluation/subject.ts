import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { closest } from '@terrace/cloud/nearest';
import type { IdentityPrincipal, IdentityView, PolicySource, StatedPolicy } from '@terrace/cloud/views/identity';
import { type Words, words } from '@terrace/cloud/words';
import { type Context, withKeys } from '../policy/context.ts';
import { managedPolicy } from '../policy/managed.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';
import type { Principal } from '../policy/principal.ts';
import { onlyIdentity, type Policies } from './evaluate.ts';

/** Somebody whose permissions are asked about, with every policy that has a say. */
export interface Subject {
  /** What a person calls it: a persona, a role, a list of policies. */
  readonly name: string;
  readonly purpose: Words | null;
  readonly principal: Principal;
  readonly policies: Policies;
}

/** What signing in adds to every request. */
export function withSignIn(context: Context, mfa: boolean): Context {
  return withKeys(context, {
    'aws:MultiFactorAuthPresent': String(mfa),
    'aws:ViaAWSService': 'false',
  });
}

/** Everyone that the inventory names: personas first, then other groups, users and roles. */
export function subjectsOf(view: IdentityView): Result<readonly Subject[]> {
  const mistakes: Mistake[] = [];
  const subjects = [...view.principals]
    .sort((one, other) => rank(one) - rank(other))
    .map((each) => {
      const subject = toSubject(view, each);
      if (!subject.ok) mistakes.push(...subject.mistakes);
      return subject.ok ? subject.value : undefined;
    })
    .filter((each) => each !== undefined);
  return mistakes.length > 0 ? failure(mistakes) : success(subjects);
}

export function personasOf(view: IdentityView): Result<readonly Subject[]> {
  return subjectsOf({ ...view, principals: view.principals.filter((each) => each.persona !== null) });
}

/** The one that a user names: by persona, name or logical id. `UNKNOWN_PERSONA` with those there are otherwise. */
export function findSubject(view: IdentityView, name: string): Result<Subject> {
  const wanted = name.toLowerCase();
  const found = view.principals.find((each) => namesOf(each).some((one) => one.toLowerCase() === wanted));
  if (found) return toSubject(view, found);
  const known = view.principals.map((each) => each.persona?.name ?? each.name);
  const close = closest(name, known);
  return failure([
    mistake(
      'UNKNOWN_PERSONA',
      {},
      {
        cause: words(
          `the template has no persona, group, user or role ${name}`,
          `템플릿에 ${name}{이라/라}는 페르소나, 그룹, 사용자, 역할이 없습니다`,
        ),
        next:
          known.length === 0
            ? words('give policies with --managed or --policy instead', '대신 --managed나 --policy로 정책을 지정하세요')
            : words(`the nearest are ${close.join(', ')}`, `가장 비슷한 이름은 ${close.join(', ')}입니다`),
      },
    ),
  ]);
}

/** Somebody who holds just these policies: AWS managed ones by name, documents by their text. */
export function subjectWith(
  view: { account: string },
  given: { managed?: readonly string[]; documents?: readonly { name: string; text: string }[] },
): Result<Subject> {
  const read = [
    ...(given.managed ?? []).map((name) => managedPolicy(name)),
    ...(given.documents ?? []).map(({ name, text }) =>
      parsePolicy(text, { name, kind: 'identity', place: { file: name } }),
    ),
  ];
  const mistakes = read.flatMap((each) => (each.ok ? [] : each.mistakes));
  if (mistakes.length > 0) return failure(mistakes);
  const policies = read.flatMap((each) => (each.ok ? [each.value] : []));
  return success({
    name: policies.map((each) => each.name).join(' + '),
    purpose: null,
    principal: { kind: 'user', arn: `arn:aws:iam::${view.account}:user/you` },
    policies: onlyIdentity(policies),
  });
}

function toSubject(view: IdentityView, principal: IdentityPrincipal): Result<Subject> {
  const groups = view.principals.filter((each) => each.kind === 'group' && principal.groups.includes(each.name));
  const mistakes: Mistake[] = [];
  const read = (
    source: PolicySource,
    name: string,
    place: IdentityPrincipal['place'],
    reasons: StatedPolicy['statementReasons'] = [],
    attachedBy: string | null = null,
  ) => {
    const policy =
      source.kind === 'arn'
        ? managedPolicy(source.arn)
        : parsePolicy(source.document, {
            name,
            kind: 'identity',
            place,
            reasons,
            open: attachedBy === null ? [] : [attachedBy],
          });
    if (policy.ok) return [policy.value];
    mistakes.push(...policy.mistakes);
    return [];
  };
  const stated = [principal, ...groups].flatMap((each) => each.policies);
  const identity: Policy[] = stated.flatMap((policy) =>
    read(policy.source, policy.name, policy.place, policy.statementReasons, policy.attachedBy),
  );
  const boundary =
    principal.boundary === null ? null : read(principal.boundary, 'permissions boundary', principal.place);
  if (mistakes.length > 0) return failure(mistakes);
  return success({
    name: principal.persona?.name ?? principal.name,
    purpose: principal.persona?.purpose ?? null,
    principal: asPrincipal(view, principal),
    policies: {
      ...onlyIdentity(identity, boundary),
      unknown: [...new Set([principal, ...groups].flatMap((each) => each.unknown))],
    },
  });
}

/** A group signs in as any of its members. */
function asPrincipal(view: IdentityView, principal: IdentityPrincipal): Principal {
  switch (principal.kind) {
    case 'user':
      return { kind: 'user', arn: principal.arn };
    case 'group':
      return {
        kind: 'user',
        arn: `arn:aws:iam::${view.account}:user/${principal.persona?.name ?? principal.name}-member`,
      };
    case 'role':
      return {
        kind: 'session',
        arn: `arn:aws:sts::${view.account}:assumed-role/${principal.name}/session`,
        role: principal.arn,
      };
  }
}

function namesOf(principal: IdentityPrincipal): string[] {
  return [
    principal.persona?.name ?? principal.name,
    principal.name,
    principal.statedBy,
    principal.statedBy.split('/').at(-1)!,
    principal.arn,
  ];
}

function rank(principal: IdentityPrincipal): number {
  return principal.persona ? 0 : principal.kind === 'role' ? 2 : 1;
}
