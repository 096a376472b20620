/** Something that the kernel had been given and that was taken from it from outside, and what came of it. */
export interface DriftEvent {
  readonly kind: 'drift';
  readonly state: 'found' | 'repaired' | 'not-repaired';
  /** The network namespace, or `mounts`. */
  readonly where: string;
  readonly missing: readonly string[];
  /** Why it could not be repaired. */
  readonly said: string | null;
}

/** The same as `terrace status` has it: a stable shape, documented in docs/json.md. */
export interface DriftSummary {
  readonly where: string;
  readonly missing: readonly string[];
  /** ISO 8601 */
  readonly foundAt: string;
  /** ISO 8601; `null` while it is missing. */
  readonly repairedAt: string | null;
  /** How often a repair was tried. */
  readonly attempts: number;
  /** Why the last one failed. */
  readonly said: string | null;
}
