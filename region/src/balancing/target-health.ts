import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { backendName, serverName } from './haproxy/haproxy-target-group.ts';
import type { ServerReport } from './haproxy/server-report.ts';

/** A target in a group, in AWS's words. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states */
export interface TargetHealth {
  readonly group: TargetGroup;
  readonly target: Target;
  readonly health: 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused' | 'unavailable';
  readonly reason: string | null;
}

/**
 * Healthy where any node finds it so. A new one is asked as often as it takes to call a target unhealthy before it is called so.
 *
 * @param all what the nodes say of all their servers; nothing for a group that no listener asks
 */
export function targetHealth(group: TargetGroup, target: Target, all: readonly ServerReport[]): TargetHealth {
  const said = (health: TargetHealth['health'], reason: string | null) => ({ group, target, health, reason });
  const reports = all.filter(
    (each) =>
      each.backend === backendName(group.id) && each.server === serverName(target) && !each.status.startsWith('MAINT'),
  );
  if (reports.length === 0) return said('unused', 'Target.NotInUse');
  if (reports.some(({ status }) => status.startsWith('UP') || status === 'no check')) return said('healthy', null);
  const { interval, unhealthyThreshold } = group.healthCheck;
  const first = (unhealthyThreshold - 1) * interval * 1000;
  // A star stands before the last result while the next check is under way.
  const failed = reports.find(
    ({ check, waitingFor }) => /^(\* )?(L[467]|SOCK)/.test(check) && (waitingFor === null || waitingFor > first),
  );
  if (!failed) return said('initial', 'Elb.InitialHealthChecking');
  return said('unhealthy', reasonOf(failed));
}

/** Of one that could only be asked of a node which does not answer. */
export function unavailable({ group, target }: { readonly group: TargetGroup; readonly target: Target }): TargetHealth {
  return { group, target, health: 'unavailable', reason: 'Elb.InternalError' };
}

/** Of one that was taken out of its group and still has its time. */
export function draining({ group, target }: { readonly group: TargetGroup; readonly target: Target }): TargetHealth {
  return { group, target, health: 'draining', reason: 'Target.DeregistrationInProgress' };
}

function reasonOf({ check, detail }: ServerReport): string {
  if (check.includes('L7STS')) return `Target.ResponseCodeMismatch: ${detail}`;
  if (check.endsWith('TOUT')) return 'Target.Timeout';
  return `Target.FailedHealthChecks: ${detail || check}`;
}
