import type { Json } from '@terrace/cloud/json';
import type { IdentityPrincipal, IdentityView, PolicySource } from '@terrace/cloud/views/identity';
import { contextOf } from '../policy/context.ts';
import { managedPolicy } from '../policy/managed.ts';
import { type Policy, type PolicyKind, parsePolicy } from '../policy/policy.ts';
import { evaluate, type Policies } from './evaluate.ts';

/** Of a bucket of AWS's own that everyone may read. */
const everything = read(
  {
    kind: 'document',
    arn: null,
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
  'a public bucket',
  'identity',
)!;

/** A call to one of the region's AWS endpoints, as the endpoint describes it. */
export interface AuthorizationRequest {
  /** `null` for a call without a signature, of a bucket that everyone may read. */
  readonly role: string | null;
  readonly session: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Policy document of the VPC endpoint that the call came by; `null` where it came by none, or one that allows everything. */
  readonly endpointPolicy: unknown;
}

/**
 * Decides for the region's endpoints by the template's own policies, with the very evaluator that `terrace access` proves with: what is
 * refused in the rehearsal is refused on AWS. A policy that cannot be read grants nothing.
 */
export function authorizer(
  identity: IdentityView,
): (request: AuthorizationRequest) => { allowed: boolean; explicit: boolean } {
  const roles = new Map<string, Pick<Policies, 'identity' | 'boundary'>>();
  for (const principal of identity.principals) {
    if (principal.kind === 'role') roles.set(principal.arn, policiesOf(principal));
  }
  const resources = new Map(
    identity.resourcePolicies
      .filter(({ isTrust, unknown }) => !isTrust && unknown === null)
      .map((each) => [
        each.resourceArn,
        read({ kind: 'document', arn: null, document: each.document }, each.resourceArn, 'resource'),
      ]),
  );
  return ({ role, session, action, resource, context, endpointPolicy }) => {
    const limits = endpointPolicy === null ? [] : [readEndpointPolicy(endpointPolicy)];
    if (role === null) return anonymously({ action, resource, context }, limits);
    const own = roles.get(role);
    if (!own) return { allowed: false, explicit: false };
    const arn = `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
    const decision = evaluate(
      { principal: { kind: 'session', arn, role }, action, resource, context: contextOf(context) },
      {
        ...own,
        session: null,
        // It grants nothing and limits everyone, as a level of service control policies does.
        // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
        serviceControl: limits,
        resource: resources.get(policyHolder(resource)) ?? null,
        resourceAccount: null,
      },
    );
    return { allowed: decision.allowed, explicit: decision.verdict === 'explicit-deny' };
  };
}

/**
 * Nobody's call: the bucket lets everyone read, and what remains is the policy of the endpoint that it came by.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3
 */
function anonymously(
  { action, resource, context }: Pick<AuthorizationRequest, 'action' | 'resource' | 'context'>,
  serviceControl: readonly Policy[][],
): { allowed: boolean; explicit: boolean } {
  const principal = { kind: 'user', arn: 'arn:aws:iam::anonymous:user/anonymous' } as const;
  const decision = evaluate(
    { principal, action, resource, context: contextOf(context) },
    {
      identity: [everything],
      boundary: null,
      session: null,
      serviceControl,
      resource: null,
      resourceAccount: null,
    },
  );
  return { allowed: decision.allowed, explicit: decision.verdict === 'explicit-deny' };
}

/** Whose policy speaks of a resource: an object's is its bucket's. */
function policyHolder(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? resource.split('/')[0]! : resource;
}

/** One that cannot be read lets nothing through. */
function readEndpointPolicy(document: unknown): Policy[] {
  const policy = read({ kind: 'document', arn: null, document: document as Json }, 'endpoint policy', 'resource');
  return policy ? [policy] : [];
}

function policiesOf(principal: IdentityPrincipal): Pick<Policies, 'identity' | 'boundary'> {
  return {
    identity: principal.policies.flatMap(({ source, name }) => read(source, name, 'identity') ?? []),
    boundary:
      principal.boundary === null
        ? null
        : [read(principal.boundary, 'boundary', 'identity')].flatMap((each) => each ?? []),
  };
}

function read(source: PolicySource, name: string, kind: PolicyKind): Policy | null {
  const found = source.kind === 'arn' ? managedPolicy(source.arn) : parsePolicy(source.document, { name, kind });
  return found.ok ? found.value : null;
}
