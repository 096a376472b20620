import type { Unknown } from '@terrace/cloud/views/network';
import type { TrafficSet } from '../traffic/traffic-set.ts';

/** The two bounds of what a filter lets through where some of its rules are not known. */
export interface Perhaps {
  /** With everything that is not known decided in favour. */
  readonly most: TrafficSet;
  /** With everything that is not known decided against. */
  readonly least: TrafficSet;
  readonly unknowns: readonly Unknown[];
}
