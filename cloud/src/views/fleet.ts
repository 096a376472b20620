import type { Address } from '../address.ts';
import type { ResourceKey } from '../inventory.ts';

/**
 * Which instances there are. Instances that a template states are always there; those of an Auto
 * Scaling group come and go, so the fleet is given to the views: at first it is the desired capacity of every group, spread
 * level over its zones, later whatever the region's controllers made of it.
 */
export interface Fleet {
  readonly instances: readonly FleetInstance[];
}

export interface FleetInstance {
  /** `i-…` */
  readonly id: string;
  /** The instance or the Auto Scaling group that stated it. */
  readonly statedBy: ResourceKey;
  /** Position in its group, from 0, and never given twice while the first holder lives; 0 for a stated instance. */
  readonly ordinal: number;
  readonly subnet: string;
  /** The primary private address. */
  readonly address: Address;
}
