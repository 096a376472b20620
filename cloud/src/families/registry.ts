import * as all from './all.ts';
import type { CanonicalForms } from './contract/canonical.ts';
import type { Charges } from './contract/charge.ts';
import type { HeldData } from './contract/data.ts';
import type { Descriptions } from './contract/described.ts';
import type { Ends } from './contract/end.ts';
import type { Family } from './contract/family.ts';
import type { TypeFidelity } from './contract/fidelity.ts';
import type { Identify } from './contract/identity.ts';
import type { TypeNeeds } from './contract/need.ts';
import type { Placements } from './contract/placement.ts';
import type { KeysOf } from './contract/request-keys.ts';
import type { Values } from './contract/values.ts';

/** By name. */
export const families: Readonly<Record<string, Family>> = all;

const list = Object.values(families);

/** How a type gets its identifiers. */
export const identities: Readonly<Record<string, Identify>> = Object.assign({}, ...list.map((each) => each.identity));

/** How AWS takes properties that are written in other forms. */
export const canonicalForms: CanonicalForms = Object.assign({}, ...list.map((each) => each.canonical));

/** What Terrace makes of each type and property. */
export const fidelities: Readonly<Record<string, TypeFidelity>> = Object.assign(
  {},
  ...list.map((each) => each.fidelity),
);

/** What is paid for each type. */
export const charges: Charges = Object.assign({}, ...list.map((each) => each.charges));

/** What a deployment needs for each type. */
export const permissions: readonly TypeNeeds[] = list.flatMap((each) => each.permissions);

/** The condition keys of a call, by the type for which it is made. */
export const requestKeys: Readonly<Record<string, KeysOf>> = Object.assign({}, ...list.map((each) => each.requestKeys));

/** What a resource's name means as an end of a way. */
export const ends: Ends = Object.assign({}, ...list.map((each) => each.ends));

/** Where services have interfaces in a VPC. */
export const servicePlacements: Placements = Object.assign({}, ...list.map((each) => each.placements));

/** Words that properties may be. */
export const values: Values = Object.assign({}, ...list.map((each) => each.values));

/** The data that goes with a resource, by type. */
export const heldData: Readonly<Record<string, HeldData>> = Object.assign({}, ...list.map((each) => each.data));

/** How what stands already is read, by the name of the list in which the AWS CLI gives it. */
export const descriptions: Descriptions = Object.assign({}, ...list.map((each) => each.described));
