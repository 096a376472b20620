import { notKnown } from '@terrace/cloud/families/contract/request-keys';
import { findAction } from '../policy/actions.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import { accountOf, type Naming } from '../policy/principal.ts';
import { resourcesOf } from '../policy/resource-types.ts';
import { judge, type Outcome, type Request, statementsOn } from '../policy/statement.ts';

/**
 * Every policy that has a say in a request. A list that is `null` is not in use (and so limits nothing); an empty
 * one is in use and allows nothing.
 */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly Policy[];
  readonly boundary: readonly Policy[] | null;
  readonly session: readonly Policy[] | null;
  /** From the organization's root down to the account: each level must allow. */
  readonly serviceControl: readonly (readonly Policy[])[];
  /** Of the resource: a bucket policy, a key policy, a role's trust policy. */
  readonly resource: Policy | null;
  /** `null` where it is the principal's own. */
  readonly resourceAccount: string | null;
  /** Properties that attach or state further policies, where their values are not known: those may allow, deny or limit anything. */
  readonly unknown?: readonly string[];
}

export function onlyIdentity(identity: readonly Policy[], boundary: readonly Policy[] | null = null): Policies {
  return { identity, boundary, session: null, serviceControl: [], resource: null, resourceAccount: null };
}

export type Layer = 'identity' | 'boundary' | 'session' | 'service-control' | 'resource';

export interface Decision {
  /** False as well where it depends on what is not known. */
  readonly allowed: boolean;
  /**
   * `explicit-deny` names the statements that deny; `implicit-deny` the layer that does not allow; `depends` the condition keys whose
   * values decide, in `dependsOn`.
   */
  readonly verdict: 'allowed' | 'explicit-deny' | 'implicit-deny' | 'depends';
  /** The layer that denied, or that granted. */
  readonly layer: Layer | 'root';
  /** The statements that decided: those that allow, those that deny, or those that apply only if. */
  readonly decidedBy: readonly Statement[];
  /** Statements of that layer that would have allowed the action but for what is named. */
  readonly near: readonly Near[];
  /** Empty unless the verdict is `depends`. */
  readonly dependsOn: readonly string[];
}

export interface Near {
  readonly statement: Statement;
  readonly because: Exclude<Outcome, { applies: true } | { applies: typeof notKnown }>;
}

/**
 * Whether AWS allows a request. Where a statement depends on a value that is not known, the request is decided twice, once as suits the
 * caller and once as does not: only where both agree is there an answer.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const decision = byKnown(request, policies);
  const { unknown = [] } = policies;
  if (unknown.length === 0 || decision.verdict === 'explicit-deny') return decision;
  const dependsOn = [...new Set([...decision.dependsOn, ...unknown])].sort();
  return { ...decision, allowed: false, verdict: 'depends', decidedBy: [], near: [], dependsOn };
}

function byKnown(request: Request, policies: Policies): Decision {
  const readings = readAll(request, policies);
  const open = [...Object.values(readings.layers), ...readings.levels].flatMap((each) => each?.open ?? []);
  if (open.length === 0) return conclude(request, policies, readings);
  const worst = conclude(request, policies, assume(readings, 'Deny'));
  if (worst.allowed) return worst;
  const best = conclude(request, policies, assume(readings, 'Allow'));
  if (!best.allowed) return best;
  return {
    allowed: false,
    verdict: 'depends',
    layer: worst.layer,
    decidedBy: open.map(({ statement }) => statement),
    near: [],
    dependsOn: [...new Set(open.flatMap(({ dependsOn }) => dependsOn))].sort(),
  };
}

interface Readings {
  readonly layers: Readonly<Record<Layer, Reading | null>>;
  /** Of the organization, from its root down. */
  readonly levels: readonly Reading[];
}

function readAll(request: Request, policies: Policies): Readings {
  const read = (list: readonly Policy[]) => readLayer(list, request, policies.boundary !== null);
  return {
    layers: {
      identity: read(policies.identity),
      boundary: policies.boundary && read(policies.boundary),
      session: policies.session && read(policies.session),
      'service-control': null,
      resource: policies.resource && read([policies.resource]),
    },
    levels: policies.serviceControl.map(read),
  };
}

/** Takes the open statements of one effect to apply, and those of the other not to. */
function assume({ layers, levels }: Readings, effect: Statement['effect']): Readings {
  const settle = (reading: Reading): Reading => {
    const applying = reading.open.filter(({ statement }) => statement.effect === effect);
    const statements = applying.map(({ statement }) => statement);
    return effect === 'Deny'
      ? { ...reading, denies: [...reading.denies, ...statements] }
      : {
          ...reading,
          allows: [...reading.allows, ...statements],
          namings: [...reading.namings, ...applying.flatMap(({ naming }) => naming ?? [])],
        };
  };
  return {
    layers: Object.fromEntries(
      Object.entries(layers).map(([layer, reading]) => [layer, reading && settle(reading)]),
    ) as Readings['layers'],
    levels: levels.map(settle),
  };
}

function conclude(request: Request, policies: Policies, { layers, levels }: Readings): Decision {
  const denied = [...Object.entries(layers), ...levels.map((level) => ['service-control', level] as const)].filter(
    (entry): entry is [Layer, Reading] => entry[1] !== null && entry[1].denies.length > 0,
  );
  if (denied.length > 0) {
    return {
      allowed: false,
      verdict: 'explicit-deny',
      layer: denied[0]![0],
      decidedBy: denied.flatMap(([, reading]) => reading.denies),
      near: [],
      dependsOn: [],
    };
  }
  const closedLevel = levels.find((level) => level.allows.length === 0);
  if (closedLevel) return implicit('service-control', closedLevel);

  const account = accountOf(request.principal);
  const naming = strongest(layers.resource);
  if (account === null)
    return naming === 'itself' ? granted('resource', layers.resource!) : implicit('resource', layers.resource);
  const sameAccount = policies.resourceAccount === null || policies.resourceAccount === account;
  if (sameAccount) return withinAccount(request, layers, naming);

  // Across accounts both sides must allow, whatever the resource policy names.
  if (naming === null) return implicit('resource', layers.resource);
  return request.principal.kind === 'root' ? granted('resource', layers.resource!) : ownSide(layers);
}

function withinAccount(
  request: Request,
  layers: Readonly<Record<Layer, Reading | null>>,
  naming: Naming | null,
): Decision {
  const { kind } = request.principal;
  const mustName = resourcePolicyDecides(request);
  if (mustName && naming === null) return implicit('resource', layers.resource);
  if (kind === 'root')
    return { allowed: true, verdict: 'allowed', layer: 'root', decidedBy: [], near: [], dependsOn: [] };
  // Named itself, it needs nothing of its own; a role named is still held by its boundary and its session's policy.
  if (naming === 'itself') return granted('resource', layers.resource!);
  if (naming === 'everyone') return limits(layers, 'session') ?? granted('resource', layers.resource!);
  if (naming === 'role') return limits(layers, 'boundary', 'session') ?? granted('resource', layers.resource!);
  return ownSide(layers);
}

/**
 * Key policies and trust policies must allow, whoever asks; for every other resource the principal's own policies suffice. Actions of KMS that
 * concern no key (of custom key stores, of lists) and aliases are not a key policy's to decide.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
function resourcePolicyDecides({ action, resource }: Request): boolean {
  if (/^sts:assumerole/i.test(action)) return true;
  if (!/^kms:/i.test(action) || resource.includes(':alias/')) return false;
  const name = findAction(action)?.name ?? action;
  return (resourcesOf(name) ?? []).some(({ type }) => type === 'key');
}

function ownSide(layers: Readonly<Record<Layer, Reading | null>>): Decision {
  if (layers.identity!.allows.length === 0) return implicit('identity', layers.identity);
  return limits(layers, 'boundary', 'session') ?? granted('identity', layers.identity!);
}

function limits(
  layers: Readonly<Record<Layer, Reading | null>>,
  ...held: readonly ('boundary' | 'session')[]
): Decision | null {
  for (const layer of held) {
    const reading = layers[layer];
    if (reading !== null && reading.allows.length === 0) return implicit(layer, reading);
  }
  return null;
}

interface Reading {
  readonly allows: readonly Statement[];
  readonly denies: readonly Statement[];
  readonly namings: readonly Naming[];
  readonly near: readonly Near[];
  /** Statements that apply or not by a value that is not known. */
  readonly open: readonly Open[];
}

interface Open {
  readonly statement: Statement;
  readonly naming: Naming | null;
  readonly dependsOn: readonly string[];
}

function readLayer(policies: readonly Policy[], request: Request, hasBoundary: boolean): Reading {
  const open: Open[] = [];
  const allows: Statement[] = [];
  const denies: Statement[] = [];
  const namings: Naming[] = [];
  const near: Near[] = [];
  for (const policy of policies) {
    for (const statement of statementsOn(policy, request.action)) {
      const outcome = judge(statement, request, hasBoundary);
      if (outcome.applies === notKnown) {
        open.push({ statement, naming: outcome.naming, dependsOn: outcome.dependsOn });
      } else if (outcome.applies) {
        (statement.effect === 'Allow' ? allows : denies).push(statement);
        if (statement.effect === 'Allow' && outcome.naming) namings.push(outcome.naming);
      } else if (statement.effect === 'Allow') near.push({ statement, because: outcome });
    }
  }
  return { allows, denies, namings, near, open };
}

function strongest(reading: Reading | null): Naming | null {
  for (const naming of ['itself', 'everyone', 'role', 'account'] as const) {
    if (reading?.namings.includes(naming)) return naming;
  }
  return null;
}

function granted(layer: Layer, reading: Reading): Decision {
  return { allowed: true, verdict: 'allowed', layer, decidedBy: reading.allows, near: [], dependsOn: [] };
}

function implicit(layer: Layer, reading: Reading | null): Decision {
  return { allowed: false, verdict: 'implicit-deny', layer, decidedBy: [], near: reading?.near ?? [], dependsOn: [] };
}
