import type { CanonicalForms } from './canonical.ts';
import type { Charges } from './charge.ts';
import type { HeldData } from './data.ts';
import type { Descriptions } from './described.ts';
import type { Ends } from './end.ts';
import type { TypeFidelity } from './fidelity.ts';
import type { Identify } from './identity.ts';
import type { TypeNeeds } from './need.ts';
import type { Placements } from './placement.ts';
import type { KeysOf } from './request-keys.ts';
import type { Values } from './values.ts';

/**
 * One AWS thing with its satellites, and all that is known of it: what `family.ts` of its folder gathers from the files beside it. Every
 * aspect is by resource type.
 */
export interface Family {
  /** `identity.ts`: what `Ref` and `Fn::GetAtt` give. */
  readonly identity: Readonly<Record<string, Identify>>;
  /** `canonical.ts`: properties that AWS takes in other forms than its own. */
  readonly canonical?: CanonicalForms;
  /** `fidelity.ts`: what acts on this machine, property by property. */
  readonly fidelity: Readonly<Record<string, TypeFidelity>>;
  /** `charges.ts`: what is paid for, from usage. */
  readonly charges: Charges;
  /** `permissions.ts`: the actions that a deployment needs. */
  readonly permissions: readonly TypeNeeds[];
  /** `request-keys.ts`: condition keys of the requests of a deployment. A type of which nothing is stated has keys that are not known. */
  readonly requestKeys?: Readonly<Record<string, KeysOf>>;
  /** `ends.ts`: what its name means as an end of a way. */
  readonly ends?: Ends;
  /** `placements.ts`: where a service has interfaces in a VPC. */
  readonly placements?: Placements;
  /** `data.ts`: what is lost with a resource. A type of which nothing is stated holds no data. */
  readonly data?: Readonly<Record<string, HeldData>>;
  /** `values.ts`: words that its properties may be. */
  readonly values?: Values;
  /** `described.ts`: how what stands already is read from the listings of the AWS CLI. */
  readonly described?: Descriptions;
  /** Why an aspect says nothing of a type that another aspect of the family names. */
  readonly unstated?: Readonly<Record<string, Partial<Record<Aspect, string>>>>;
}

export type Aspect = 'identity' | 'fidelity' | 'charges' | 'permissions';

/** The resource types that an aspect of a family names. */
export function typesOf(family: Family, aspect: Aspect): string[] {
  return aspect === 'permissions' ? family.permissions.map(({ type }) => type) : Object.keys(family[aspect]);
}
