import type { Phase } from '@terrace/cloud/families/contract/need';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Words } from '@terrace/cloud/words';
import type { Context } from '../policy/context.ts';
import type { Policy } from '../policy/policy.ts';

/** One action on certain resources that a deployment asks for, and why. */
export interface Demand {
  /** `null` for what the stack as a whole asks for. */
  readonly resource: Resource | null;
  /** What a person calls it: the logical id, or the stack's name. */
  readonly subject: string;
  readonly stack: string;
  readonly phase: Phase;
  readonly action: string;
  /** Every one of these must be allowed. */
  readonly arns: readonly string[];
  /** What every such request carries; `requestContexts` adds what the template says of this one. */
  readonly context: Context;
  readonly inventory: Inventory;
  /** The policy of what is asked about, where that has a say whoever asks. */
  readonly resourcePolicy: Policy | null;
  readonly why: Words;
  readonly page: string;
  /** Only an account that has no such service-linked role yet needs it. */
  readonly firstTimeOnly: boolean;
  /** Properties whose values are not known and decide whether this is asked for at all, or on what. */
  readonly dependsOn: readonly string[];
  /** The property that names the resource, where its value is not known: the ARN then has a `*` for it. */
  readonly unknownName: string | null;
  /** The property that states the policy of what is asked about, where its value is not known. */
  readonly unknownPolicy: string | null;
}
