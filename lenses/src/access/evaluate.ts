import type { Policy, Statement } from './policy.ts';
import { accountOf, type Naming } from './principal.ts';
import { judge, type Outcome, type Request, statementsOn } from './statement.ts';

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
}

export function onlyIdentity(identity: readonly Policy[], boundary: readonly Policy[] | null = null): Policies {
  return { identity, boundary, session: null, serviceControl: [], resource: null, resourceAccount: null };
}

export type Layer = 'identity' | 'boundary' | 'session' | 'service-control' | 'resource';

export interface Decision {
  readonly allowed: boolean;
  /** `explicit-deny` names the statements that deny; `implicit-deny` the layer that does not allow. */
  readonly verdict: 'allowed' | 'explicit-deny' | 'implicit-deny';
  /** The layer that denied, or that granted. */
  readonly layer: Layer | 'root';
  /** The statements that decided: those that allow, or those that deny. */
  readonly decidedBy: readonly Statement[];
  /** Statements of that layer that would have allowed the action but for what is named. */
  readonly near: readonly Near[];
}

export interface Near {
  readonly statement: Statement;
  readonly because: Exclude<Outcome, { applies: true }>;
}

/**
 * Whether AWS allows a request.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const read = (list: readonly Policy[]) => readLayer(list, request);
  const layers: Record<Layer, Reading | null> = {
    identity: read(policies.identity),
    boundary: policies.boundary && read(policies.boundary),
    session: policies.session && read(policies.session),
    'service-control': null,
    resource: policies.resource && read([policies.resource]),
  };
  const levels = policies.serviceControl.map(read);

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
  const mustName = resourcePolicyDecides(request.action);
  if (mustName && naming === null) return implicit('resource', layers.resource);
  if (kind === 'root') return { allowed: true, verdict: 'allowed', layer: 'root', decidedBy: [], near: [] };
  // Named itself, it needs nothing of its own; a role named is still held by its boundary and its session's policy.
  if (naming === 'itself') return granted('resource', layers.resource!);
  if (naming === 'everyone') return limits(layers, 'session') ?? granted('resource', layers.resource!);
  if (naming === 'role') return limits(layers, 'boundary', 'session') ?? granted('resource', layers.resource!);
  return ownSide(layers);
}

/**
 * Key policies and trust policies must allow, whoever asks; for every other resource the principal's own policies suffice.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function resourcePolicyDecides(action: string): boolean {
  return /^(kms:(?!createkey$|list(keys|aliases)$|describecustomkeystores$|generaterandom$)|sts:assumerole)/i.test(
    action,
  );
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
}

function readLayer(policies: readonly Policy[], request: Request): Reading {
  const allows: Statement[] = [];
  const denies: Statement[] = [];
  const namings: Naming[] = [];
  const near: Near[] = [];
  for (const policy of policies) {
    for (const statement of statementsOn(policy, request.action)) {
      const outcome = judge(statement, request);
      if (outcome.applies) {
        (statement.effect === 'Allow' ? allows : denies).push(statement);
        if (statement.effect === 'Allow' && outcome.naming) namings.push(outcome.naming);
      } else if (statement.effect === 'Allow') near.push({ statement, because: outcome });
    }
  }
  return { allows, denies, namings, near };
}

function strongest(reading: Reading | null): Naming | null {
  for (const naming of ['itself', 'everyone', 'role', 'account'] as const) {
    if (reading?.namings.includes(naming)) return naming;
  }
  return null;
}

function granted(layer: Layer, reading: Reading): Decision {
  return { allowed: true, verdict: 'allowed', layer, decidedBy: reading.allows, near: [] };
}

function implicit(layer: Layer, reading: Reading | null): Decision {
  return { allowed: false, verdict: 'implicit-deny', layer, decidedBy: [], near: reading?.near ?? [] };
}
