import type { JsonObject } from '@terrace/cloud/json';
import type { Words } from '@terrace/cloud/words';
import type { Component } from '../engine/components.ts';
import type { Way } from '../engine/journey.ts';

/** One thing that stands in the way, and the smallest change that would take it away. */
export interface Blocker {
  /** Reachability Analyzer's code where AWS has one; docs/reach.md lists them all. */
  readonly code: string;
  readonly way: Way;
  readonly component: Component;
  readonly cause: Words;
  readonly next: Words;
  /** The change as a resource or property of the template, where one does it. */
  readonly change: Change | null;
}

export interface Change {
  /** A resource to add, or the one whose property is to be changed. */
  readonly type: string;
  readonly action: 'add' | 'change';
  readonly properties: JsonObject;
}

/** One thing that a connection passes, and what let it pass. */
export interface Hop {
  readonly way: Way;
  readonly component: Component;
  readonly text: Words;
}
