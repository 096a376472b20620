import type { IdentityView } from '@terrace/cloud/views/identity';
import { type Circumstances, mayAnywhere, mayOn, type Possibility } from '../evaluation/possible.ts';
import type { Subject } from '../evaluation/subject.ts';
import { type Policy, parsePolicy, type Statement } from '../policy/policy.ts';
import { namingOf } from '../policy/principal.ts';
import type { EscalationPath } from './escalation-path.ts';
import { escalationPaths } from './escalation-paths.ts';

/** A way to administrator that somebody has. */
export interface Escalation {
  readonly path: EscalationPath;
  /** Roles taken on the way, first to last; empty where it is one's own. */
  readonly through: readonly string[];
  /** The role passed or assumed, or what is changed or taken over. */
  readonly target: string;
  /** The statements that allow each action. */
  readonly allowedBy: readonly Statement[];
}

/** What there is in an account besides one's own permissions: roles to pass or to assume. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly roles: readonly SurroundingRole[];
}

export interface SurroundingRole {
  readonly subject: Subject;
  readonly arn: string;
  readonly trust: Policy | null;
  /** Services that may take the role. */
  readonly services: readonly string[];
}

/** Whether somebody can change every permission there is already. */
export function isAdministrator(subject: Subject, { account }: { account: string }): boolean {
  const circumstances = signedIn();
  return [
    ['iam:AttachUserPolicy', `arn:aws:iam::${account}:user/anybody`],
    ['iam:PutRolePolicy', `arn:aws:iam::${account}:role/anything`],
    ['iam:CreatePolicyVersion', `arn:aws:iam::${account}:policy/anything`],
    ['iam:CreateUser', `arn:aws:iam::${account}:user/anybody`],
  ].every(([action, resource]) => mayOn(subject, action!, resource!, circumstances) !== null);
}

/**
 * Every published way in which somebody becomes an administrator, by themselves or by the roles they can take. An administrator
 * has none: there is nothing to become. Empty for anyone else is a proof, under what the policies and roles at hand say.
 */
export function escalationsOf(subject: Subject, surroundings: Surroundings): Escalation[] {
  if (isAdministrator(subject, surroundings)) return [];
  const found: Escalation[] = [];
  const seen = new Set<string>();
  const queue: { who: Subject; through: readonly string[]; by: readonly Statement[] }[] = [
    { who: subject, through: [], by: [] },
  ];
  while (queue.length > 0) {
    const { who, through, by } = queue.shift()!;
    for (const path of escalationPaths) {
      const way = walk(path, who, surroundings);
      if (way) found.push({ path, through, target: way.target, allowedBy: [...by, ...way.statements] });
    }
    for (const role of surroundings.roles) {
      if (seen.has(role.arn) || role.subject === who || isAdministrator(role.subject, surroundings)) continue;
      const taken = take(who, role);
      if (taken === null) continue;
      seen.add(role.arn);
      queue.push({ who: role.subject, through: [...through, role.subject.name], by: [...by, ...taken] });
    }
  }
  return found;
}

interface Way {
  readonly target: string;
  readonly statements: readonly Statement[];
}

function walk(path: EscalationPath, who: Subject, surroundings: Surroundings): Way | null {
  const { how } = path;
  switch (how.kind) {
    case 'change':
      return firstOf(changed(how.on, who, surroundings), path.actions, who, surroundings);
    case 'another-user':
      return firstOf([`arn:aws:iam::${surroundings.account}:user/another`], path.actions, who, surroundings);
    case 'take-over':
      return (
        firstOf([placed(how.like, surroundings)], path.actions, who, surroundings) ?? takenOver(path, who, surroundings)
      );
    case 'assume':
      return (
        administrators(surroundings, who)
          .map((role) => assumed(who, role))
          .find((way) => way !== null) ?? assumedOutside(who, surroundings)
      );
    case 'pass':
      return passed(path.actions, how.to, who, surroundings);
  }
}

/** What a change would have to be made to: something of its own, or whatever there is. */
function changed(on: string, who: Subject, { account, roles }: Surroundings): string[] {
  const arn = `arn:aws:iam::${account}`;
  switch (on) {
    case 'own-user':
      return who.principal.kind === 'user' ? [who.principal.arn] : [];
    case 'any-group':
      return [`${arn}:group/${who.name}`, `${arn}:group/another`];
    case 'any-policy':
      return [`${arn}:policy/another`, ...who.policies.identity.map((policy) => `${arn}:policy/${policy.name}`)];
    default:
      return [`${arn}:role/another`, ...roles.map((role) => role.arn)];
  }
}

/** All actions allowed, the first of them on one of the targets and the rest there or anywhere. */
function firstOf(
  targets: readonly string[],
  actions: readonly string[],
  who: Subject,
  { account }: Surroundings,
): Way | null {
  for (const target of targets) {
    const [first, ...rest] = actions;
    // Something that is not of this template carries none of its tags.
    const circumstances = signedIn(target.includes('nother') ? untagged : {});
    const begun = mayOn(who, first!, target, circumstances);
    if (begun === null) continue;
    const others = rest.map(
      (action) =>
        mayOn(who, action, target, circumstances) ??
        (sameKind(action, first!) ? null : mayAnywhere(who, action, circumstances)),
    );
    if (others.every((each): each is Possibility => each !== null))
      return { target: target.replace(account, account), statements: [begun, ...others].map((each) => each.statement) };
  }
  return null;
}

function sameKind(one: string, other: string): boolean {
  return one.split(':')[0] === other.split(':')[0];
}

function passed(actions: readonly string[], to: string, who: Subject, surroundings: Surroundings): Way | null {
  const circumstances = signedIn({ 'iam:PassedToService': to });
  const targets = [
    `arn:aws:iam::${surroundings.account}:role/another`,
    ...administrators(surroundings, who)
      .filter((role) => role.services.includes(to))
      .map((role) => role.arn),
  ];
  for (const target of targets) {
    const passing = mayOn(who, 'iam:PassRole', target, circumstances);
    if (passing === null) continue;
    const others = actions.slice(1).map((action) => mayAnywhere(who, action, signedIn()));
    if (others.every((each): each is Possibility => each !== null))
      return { target, statements: [passing, ...others].map((each) => each.statement) };
  }
  return null;
}

function assumed(who: Subject, role: SurroundingRole): Way | null {
  const naming = role.trust?.statements
    .map((statement) =>
      statement.effect === 'Allow' && statement.principals ? namingOf(statement.principals, who.principal) : null,
    )
    .find((each) => each !== null);
  if (naming === undefined) return null;
  const own = mayOn(who, 'sts:AssumeRole', role.arn, signedIn());
  if (own) return { target: role.arn, statements: [own.statement] };
  return naming === 'account' ? null : { target: role.arn, statements: [] };
}

/** A role outside of the template, which may trust the whole account and be an administrator's. */
function assumedOutside(who: Subject, { account }: Surroundings): Way | null {
  const target = `arn:aws:iam::${account}:role/another`;
  const own = mayOn(who, 'sts:AssumeRole', target, signedIn(untagged));
  return own && { target, statements: [own.statement] };
}

/** Something of this template that has an administrative role: any permission on such things counts. */
function takenOver(path: EscalationPath, who: Subject, surroundings: Surroundings): Way | null {
  const role = administrators(surroundings, who).find((each) => each.services.includes(serviceBehind(path)));
  const statements = role ? everywhere(path.actions, who) : null;
  return role && statements ? { target: role.arn, statements } : null;
}

/** The service that gives a role to what a path takes over, or to what it starts. */
function serviceBehind({ how }: EscalationPath): string {
  if (how.kind === 'pass') return how.to;
  if (how.kind !== 'take-over') return '';
  const service = how.like.split(':')[2] ?? '';
  return behind[service] ?? `${service}.amazonaws.com`;
}

const behind: Readonly<Record<string, string>> = {
  apprunner: 'tasks.apprunner.amazonaws.com',
  batch: 'ecs-tasks.amazonaws.com',
  codedeploy: 'ec2.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
};

/** The statements that allow each action on anything; `null` where one is not allowed. */
function everywhere(actions: readonly string[], who: Subject): Statement[] | null {
  const found = actions.map((action) => mayAnywhere(who, action, signedIn()));
  return found.every((each): each is Possibility => each !== null) ? found.map((each) => each.statement) : null;
}

/**
 * Whether somebody can act as a role that is no administrator itself: by assuming it, by giving it to something they start, or by
 * taking over something that has it (a session on a server acts as the server).
 */
function take(who: Subject, role: SurroundingRole): readonly Statement[] | null {
  const by = assumed(who, role);
  if (by) return by.statements;
  for (const path of escalationPaths) {
    if (!role.services.includes(serviceBehind(path))) continue;
    const passing =
      path.how.kind === 'pass'
        ? mayOn(who, 'iam:PassRole', role.arn, signedIn({ 'iam:PassedToService': path.how.to }))
        : null;
    if (path.how.kind === 'pass' && passing === null) continue;
    const others = everywhere(path.how.kind === 'pass' ? path.actions.slice(1) : path.actions, who);
    if (others) return [...(passing ? [passing.statement] : []), ...others];
  }
  return null;
}

function administrators(surroundings: Surroundings, who: Subject): SurroundingRole[] {
  return surroundings.roles.filter((role) => role.subject !== who && isAdministrator(role.subject, surroundings));
}

function placed(like: string, { account, region }: Surroundings): string {
  return like.replace('REGION', region).replace('ACCOUNT', account);
}

/** With a second factor: what a thief of a password cannot do is no consolation here. */
function signedIn(known: Circumstances['known'] = {}): Circumstances {
  return { known: { 'aws:MultiFactorAuthPresent': 'true', 'aws:ViaAWSService': 'false', ...known } };
}

const untagged: Circumstances['known'] = { 'aws:ResourceTag/': [], 'ssm:resourceTag/': [], 'ec2:ResourceTag/': [] };

/** The roles of a template, with CDK's own where a bootstrap is taken to be CDK's default. */
export function surroundingsOf(
  view: IdentityView,
  subjects: readonly Subject[],
  bootstrap: readonly SurroundingRole[] = [],
): Surroundings {
  const roles = view.principals
    .filter((each) => each.kind === 'role')
    .flatMap((role) => {
      const subject = subjects.find((each) => each.principal.kind === 'session' && each.principal.role === role.arn);
      if (subject === undefined) return [];
      const trust =
        role.trust === null
          ? null
          : parsePolicy(role.trust, { name: `${role.name} trust`, kind: 'trust', place: role.place });
      const policy = trust?.ok ? trust.value : null;
      return [{ subject, arn: role.arn, trust: policy, services: servicesOf(policy) }];
    });
  return { account: view.account, region: view.region, roles: [...roles, ...bootstrap] };
}

function servicesOf(trust: Policy | null): string[] {
  return (
    trust?.statements.flatMap((statement) =>
      statement.effect === 'Allow' ? (statement.principals?.services ?? []) : [],
    ) ?? []
  );
}
