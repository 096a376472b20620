import type { Resource } from '../../inventory.ts';
import type { Words } from '../../words.ts';

/** The data that a resource of a type holds, and that goes with it. */
export interface HeldData {
  /** What is lost when the resource is deleted, as a noun; `null` where this one holds nothing of its own. */
  what(resource: Resource): Words | null;
  /** The property by which it refuses to be deleted; `null` where it does not. */
  protection?(resource: Resource): string | null;
  /** The code of that refusal, where it has one of its own. */
  readonly protectionCode?: string;
  /** Whether it often holds nothing, which only a look into it can tell. */
  readonly mayBeEmpty?: true;
}
