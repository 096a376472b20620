/** An activity of an Auto Scaling group, as DescribeScalingActivities has it. */
export interface Activity {
  readonly id: string;
  readonly group: string;
  readonly kind: 'launch' | 'terminate';
  readonly status: 'Successful' | 'Failed';
  readonly description: string;
  readonly cause: string;
  /** Why it failed; empty where it did not. */
  readonly message: string;
  /** The instance; `null` where none came into being. */
  readonly instance: string | null;
  /** Milliseconds since 1970, by the region's clock. */
  readonly at: number;
}

interface Happened {
  readonly id: string;
  readonly group: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Sentences that come before its own cause; empty for none. */
  readonly reason: string;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-verify-scaling-activity.html */
export function launched(happened: Happened, instance: string): Activity {
  return {
    ...base(happened),
    kind: 'launch',
    status: 'Successful',
    description: `Launching a new EC2 instance: ${instance}`,
    cause: increased(happened),
    message: '',
    instance,
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html */
export function launchFailed(happened: Happened, reason: string): Activity {
  return {
    ...base(happened),
    kind: 'launch',
    status: 'Failed',
    description: `Launching a new EC2 instance.  Status Reason: ${reason}`,
    cause: increased(happened),
    message: reason,
    instance: null,
  };
}

/** What found a member unhealthy: it has stopped, its status check fails, or a load balancer says so. */
export type FoundBy = 'stopped' | 'status-check' | 'load-balancer';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-healthchecks.html */
const healthChecks: Readonly<Record<FoundBy, string>> = {
  stopped: 'an EC2 health check indicating it has been terminated or stopped',
  'status-check': 'an EC2 instance status checks failure',
  'load-balancer': 'an ELB system health check failure',
};

/** @param foundBy `null` for one that leaves for a smaller capacity */
export function terminated(happened: Happened, instance: string, foundBy: FoundBy | null): Activity {
  const at = time(happened.at);
  const cause =
    foundBy === null
      ? `${happened.reason}At ${at} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${happened.from} to ${happened.to}.  At ${at} instance ${instance} was selected for termination.`
      : `At ${at} an instance was taken out of service in response to ${healthChecks[foundBy]}.`;
  return {
    ...base(happened),
    kind: 'terminate',
    status: 'Successful',
    description: `Terminating EC2 instance: ${instance}`,
    cause,
    message: '',
    instance,
  };
}

function base({ id, group, at }: Happened): Pick<Activity, 'id' | 'group' | 'at'> {
  return { id, group, at };
}

function increased({ at, from, to, reason }: Happened): string {
  return `${reason}At ${time(at)} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${from} to ${to}.`;
}

/** What comes before the cause of an activity that a scaling policy began. */
export function triggered(scaling: {
  readonly at: number;
  readonly alarm: string;
  readonly state: string;
  readonly policy: string;
  readonly from: number;
  readonly to: number;
}): string {
  const { at, alarm, state, policy, from, to } = scaling;
  return `At ${time(at)} a monitor alarm ${alarm} in state ${state} triggered policy ${policy} changing the desired capacity from ${from} to ${to}.  `;
}

/**
 * What comes before the cause of an activity that a scheduled action began.
 *
 * https://repost.aws/knowledge-center/auto-scaling-scale-down
 */
export function scheduledUpdate(update: {
  readonly at: number;
  readonly least: number;
  readonly most: number;
  readonly from: number;
  readonly to: number;
}): string {
  const { at, least, most, from, to } = update;
  return `At ${time(at)} a scheduled action update of AutoScalingGroup constraints to min: ${least}, max: ${most}, desired: ${to} changing the desired capacity from ${from} to ${to}.  `;
}

/** To the second. */
function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
