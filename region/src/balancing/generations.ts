import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { backendName, leavingOf, serverName } from './haproxy/haproxy-target-group.ts';

/** A target group as a node of a Network Load Balancer has it at a moment. */
export interface GroupAtNode {
  readonly group: TargetGroup;
  readonly registered: readonly Target[];
  /** Those that new connections go to: the healthy ones, or all where too few are. */
  readonly taken: readonly Target[];
  /** Those that failed: one that has not been asked often enough is none of them. */
  readonly unhealthy: readonly Target[];
}

/**
 * A target from the moment it is taken to the moment it is not: the connections of that time carry its mark, so that they can be
 * ended together, and those of a later time live on.
 */
export interface Generation {
  readonly group: TargetGroup;
  readonly target: Target;
  readonly mark: number;
}

/** Marks from here on mean something else. */
const lastMark = 0x3fff_ffff;

interface Waiting {
  readonly generation: Generation;
  /** Milliseconds of the clock. */
  readonly at: number;
  readonly unhealthy: boolean;
}

/** Which targets of a node are taken, and whose connections are over. */
export class Generations {
  #next = 1;
  #taken = new Map<string, Generation>();
  #waiting: Waiting[] = [];
  #ended: { readonly mark: number; readonly until: number }[] = [];

  get taken(): readonly Generation[] {
    return [...this.#taken.values()];
  }

  /** Marks of connections that are reset as soon as they say something. */
  get ended(): readonly number[] {
    return this.#ended.map(({ mark }) => mark);
  }

  /**
   * Follows what has become of the targets, and says whose connections end now.
   *
   * @param now milliseconds of the clock
   * @param memory milliseconds for which a silent connection is remembered at the longest
   */
  follow(groups: readonly GroupAtNode[], now: number, memory: number): Generation[] {
    const before = this.#taken;
    this.#taken = new Map(
      groups.flatMap(({ group, taken }) =>
        taken.map((target) => {
          const key = keyOf(group, target);
          return [key, before.get(key) ?? this.#returned(key) ?? { group, target, mark: this.#fresh() }] as const;
        }),
      ),
    );
    for (const [key, generation] of before) {
      if (this.#taken.has(key)) continue;
      const present = groups.find(({ group }) => group.id === generation.group.id);
      const among = (targets: readonly Target[] = []) => targets.some((each) => keyOf(generation.group, each) === key);
      const unhealthy = among(present?.unhealthy);
      // Not judged yet: it was only taken because nobody better was there.
      if (among(present?.registered) && !unhealthy) continue;
      const seconds = patience(present?.group ?? generation.group, unhealthy);
      if (seconds !== null) this.#waiting.push({ generation, at: now + seconds * 1000, unhealthy });
    }
    const over = this.#waiting.filter(({ at }) => at <= now);
    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    this.#ended = [
      ...this.#ended.filter(({ until }) => until > now),
      ...over.map(({ generation }) => ({ mark: generation.mark, until: now + memory })),
    ];
    return over.map(({ generation }) => generation);
  }

  /** Who recovers in time keeps its connections. */
  #returned(key: string): Generation | undefined {
    const found = this.#waiting.find(
      ({ generation, unhealthy }) => unhealthy && keyOf(generation.group, generation.target) === key,
    );
    this.#waiting = this.#waiting.filter((each) => each !== found);
    return found?.generation;
  }

  #fresh(): number {
    const mark = this.#next;
    this.#next = mark === lastMark ? 1 : mark + 1;
    return mark;
  }
}

/**
 * Seconds until the connections of a target end that is no longer taken; `null` where they end by themselves only.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#unhealthy-target-connection-termination
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
function patience(group: TargetGroup, unhealthy: boolean): number | null {
  if (!unhealthy) {
    const { cut, seconds } = leavingOf(group, 'tcp');
    return cut ? seconds : null;
  }
  const { attributes, protocol } = group;
  if (protocol === 'UDP' || protocol === 'TCP_UDP') return null;
  if ((attributes['target_health_state.unhealthy.connection_termination.enabled'] ?? 'true') === 'true') return 0;
  const seconds = Number(attributes['target_health_state.unhealthy.draining_interval_seconds'] ?? 0);
  return seconds > 0 ? seconds : null;
}

function keyOf(group: TargetGroup, target: Target): string {
  return `${backendName(group.id)}/${serverName(target)}`;
}
