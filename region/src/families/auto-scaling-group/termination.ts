/** A member of a group, as far as it matters who is to leave. */
export interface Candidate {
  readonly id: string;
  readonly zone: string;
  /** When it was launched, in milliseconds since 1970 by the region's clock. */
  readonly launchedAt: number;
  readonly ordinal: number;
}

const hour = 3_600_000;

/**
 * Who leaves when a group has too many: one at a time, each from the zone with the most, by the group's policies in their order.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 *
 * @param policies as stated; `Default` where there are none
 * @param now milliseconds since 1970, by the region's clock
 */
export function whoLeaves(
  members: readonly Candidate[],
  count: number,
  policies: readonly string[],
  now: number,
): Candidate[] {
  const leaving: Candidate[] = [];
  for (let staying = [...members]; leaving.length < count && staying.length > 0; ) {
    const chosen = next(staying, policies.length > 0 ? policies : ['Default'], now);
    leaving.push(chosen);
    staying = staying.filter(({ id }) => id !== chosen.id);
  }
  return leaving;
}

function next(members: readonly Candidate[], policies: readonly string[], now: number): Candidate {
  const inZone = (zone: string) => members.filter((each) => each.zone === zone).length;
  let left = least(members, ({ zone }) => -inZone(zone));
  for (const policy of policies) {
    if (left.length === 1) break;
    const rank = ranks[policy];
    if (rank) left = least(left, (each) => rank(each, now));
  }
  // AWS takes any of them; here it is the one that was given its place last.
  return left.reduce((last, each) => (each.ordinal > last.ordinal ? each : last));
}

function least(members: readonly Candidate[], rank: (member: Candidate) => number): Candidate[] {
  const lowest = Math.min(...members.map(rank));
  return members.filter((each) => rank(each) === lowest);
}

/** Milliseconds until its next hour of billing begins. */
function untilNextHour({ launchedAt }: Candidate, now: number): number {
  return hour - ((now - launchedAt) % hour);
}

/**
 * Who leaves first has the lowest rank. All members have their group's launch template or configuration as it is now, since a change of it
 * replaces them: policies that look for the oldest one leave all of them. So does `AllocationStrategy` without a mixed instances policy.
 */
const ranks: Readonly<Record<string, (member: Candidate, now: number) => number>> = {
  Default: untilNextHour,
  ClosestToNextInstanceHour: untilNextHour,
  OldestInstance: ({ launchedAt }) => launchedAt,
  NewestInstance: ({ launchedAt }) => -launchedAt,
};
