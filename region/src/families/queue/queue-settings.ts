import type { StatedQueue } from '@terrace/cloud/families/queue/queue';

/** A queue of the template, as its service needs it. */
export interface QueueSettings extends StatedQueue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}
