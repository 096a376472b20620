import type { Words } from '@terrace/cloud/words';

/** One published way in which somebody who is no administrator becomes one. */
export interface EscalationPath {
  /** For example `iam-001`. */
  readonly id: string;
  /** All of them are needed. */
  readonly actions: readonly string[];
  readonly how: How;
  readonly says: Words;
}

export type How =
  /** Changes permissions: its own, or those of somebody it can become. `on` is what the first action is done to. */
  | { readonly kind: 'change'; readonly on: 'own-user' | 'any-group' | 'any-role' | 'any-policy' }
  /** Gets credentials of another user. */
  | { readonly kind: 'another-user' }
  /** Starts something with a role that it passes, and acts as that role. */
  | { readonly kind: 'pass'; readonly to: string }
  /** Takes over something that already has a stronger role. `like` is the ARN of such a thing, not of this template. */
  | { readonly kind: 'take-over'; readonly like: string }
  | { readonly kind: 'assume' };
