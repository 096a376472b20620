import type { Resource } from '@terrace/cloud/inventory';
import { text, texts } from '@terrace/cloud/property';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import { whoLeaves } from './termination.ts';

/** What decides who leaves a group, beside its policies. */
export interface Surroundings {
  zoneOf(subnet: string): string;
  /** Milliseconds since 1970, by the region's clock. */
  launchedAt(id: string): number;
  now(): number;
}

/** Members of groups that are to end: each takes no new requests, and ends once what is under way at it has. */
export class Departures {
  readonly #leaving = new Set<string>();
  readonly #over = new Set<string>();
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  has(id: string): boolean {
    return this.#leaving.has(id);
  }

  begin(ids: readonly string[]): void {
    for (const id of ids) this.#leaving.add(id);
  }

  /** Nothing is under way at them. */
  over(ids: readonly string[]): void {
    for (const id of ids) this.#over.add(id);
  }

  /** They have ended. */
  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#leaving.delete(id);
      this.#over.delete(id);
    }
  }

  /**
   * The ordinals of a group that is to have so many members beside those that are on their way out. Who stands stays as far as that goes; who
   * comes has the lowest ordinal that is free.
   */
  ordinalsOf(group: Resource, standing: readonly FleetInstance[], capacity: number): number[] {
    const staying = standing.filter(({ id }) => !this.#leaving.has(id));
    const leaving = standing.filter(({ id }) => this.#leaving.has(id) && !this.#over.has(id));
    const gone = new Set(this.#chosen(group, staying, staying.length - capacity));
    const kept = [...staying.filter(({ id }) => !gone.has(id)), ...leaving].map(({ ordinal }) => ordinal);
    const taken = new Set([...kept, ...standing.map(({ ordinal }) => ordinal)]);
    const coming: number[] = [];
    for (let ordinal = 0; coming.length < capacity - (staying.length - gone.size); ordinal++) {
      if (!taken.has(ordinal)) coming.push(ordinal);
    }
    return [...kept, ...coming].sort((one, other) => one - other);
  }

  /** Protected members stay, and the group has more than it is to have. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-protection.html */
  #chosen({ properties }: Resource, staying: readonly FleetInstance[], count: number): string[] {
    if (count <= 0 || text(properties, 'NewInstancesProtectedFromScaleIn') === 'true') return [];
    const { zoneOf, launchedAt, now } = this.#around;
    const candidates = staying.map(({ id, ordinal, subnet }) => ({
      id,
      ordinal,
      zone: zoneOf(subnet),
      launchedAt: launchedAt(id),
    }));
    return whoLeaves(candidates, count, texts(properties, 'TerminationPolicies'), now()).map(({ id }) => id);
  }
}
