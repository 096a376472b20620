import type { Family } from '../contract/family.ts';
import { placements } from './placements.ts';

/** Services of which no more is known here than where in a VPC they stand: one that gets a second aspect moves to a family of its own. */
export const placedService: Family = { placements, identity: {}, fidelity: {}, charges: {}, permissions: [] };
