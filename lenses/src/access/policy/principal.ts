import { notKnown } from '@terrace/cloud/families/contract/request-keys';
import { parseArn } from './arn.ts';
import type { PrincipalSelection } from './policy.ts';

/**
 * Who makes a request. A role acts through a session; the session's policies are the role's.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | { readonly kind: 'user'; readonly arn: string }
  | { readonly kind: 'session'; readonly arn: string; readonly role: string }
  | { readonly kind: 'federated-user'; readonly arn: string }
  | { readonly kind: 'root'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };

/**
 * How closely a resource policy names someone; what it grants by itself depends on that.
 * - `itself`: the user, the session or the service by name
 * - `everyone`: `*`
 * - `role`: the role of the session
 * - `account`: only the account, which leaves the decision to the account's own policies
 */
export type Naming = 'itself' | 'everyone' | 'role' | 'account';

/** How a statement's principals name the one who asks; `null` where they do not. */
export function namingOf(selection: PrincipalSelection, principal: Principal): Naming | null {
  const found = positive(selection, principal);
  if (!selection.negated) return found;
  return found === null ? 'itself' : null;
}

/**
 * Whether `NotPrincipal` of a Deny leaves someone out. It denies everyone whom it does not list: naming the account alone leaves out nobody
 * of it, and whoever has a permissions boundary is denied in any case. One listed without the account "might" be denied; AWS's
 * page says no more, so that is not known.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function exceptionOf(
  selection: PrincipalSelection,
  principal: Principal,
  hasBoundary: boolean,
): boolean | typeof notKnown {
  if (hasBoundary) return false;
  if (selection.everyone) return true;
  if (principal.kind === 'service') return selection.services.includes(principal.name);
  const account = accountOf(principal) ?? '';
  const namesAccount = selection.aws.some((each) => each === account || isRootOf(each, account));
  if (principal.kind === 'root') return namesAccount || selection.aws.includes(principal.arn);
  const names = selection.aws.includes(principal.arn);
  if (principal.kind !== 'session') return names && (namesAccount || notKnown);
  const namesRole = selection.aws.includes(principal.role);
  if (!names && !namesRole) return false;
  return (namesRole && namesAccount) || notKnown;
}

/** The account that a principal belongs to; `null` for a service. */
export function accountOf(principal: Principal): string | null {
  return principal.kind === 'service' ? null : (parseArn(principal.arn)?.account ?? null);
}

function positive(selection: PrincipalSelection, principal: Principal): Naming | null {
  if (selection.everyone) return 'everyone';
  if (principal.kind === 'service') return selection.services.includes(principal.name) ? 'itself' : null;
  if (selection.aws.includes(principal.arn)) return principal.kind === 'root' ? 'account' : 'itself';
  if (principal.kind === 'session' && selection.aws.includes(principal.role)) return 'role';
  const account = parseArn(principal.arn)?.account ?? '';
  const namesAccount = selection.aws.some((each) => each === account || isRootOf(each, account));
  return namesAccount ? 'account' : null;
}

function isRootOf(arn: string, account: string): boolean {
  const parsed = parseArn(arn);
  return parsed?.service === 'iam' && parsed.resource === 'root' && parsed.account === account;
}
