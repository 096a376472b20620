import type { Inventory, Resource } from '../../inventory.ts';
import type { Json } from '../../json.ts';

/** The caller's address, for example: AWS puts it into the request, and nothing here says which it is. */
export const notKnown: unique symbol = Symbol('not known');

/** One call of a deployment: what the template says of it, and on which resource type, in AWS's words, it is decided. */
export interface Call {
  readonly inventory: Inventory;
  /** The template's resource for which the call is made. */
  readonly resource: Resource;
  readonly action: string;
  readonly arn: string;
  /** `instance`, `volume`, `db`; `null` where the ARN fits several. */
  readonly on: string | null;
  find(reference: Json | undefined): Resource | undefined;
}

/**
 * Condition keys of one request that follow from the template. `undefined`: AWS leaves the key out of such a request. A key that AWS lists and that
 * is missing here is not known.
 */
export type Keys = Readonly<Record<string, string | readonly string[] | typeof notKnown | undefined>>;

/** The keys of a call; several sets where the deployment makes the call several times, each of which has to be allowed. */
export type KeysOf = (call: Call) => Keys | readonly Keys[];

/** A property as the text that AWS compares; `undefined` where the template does not state it. */
export function stated(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((each) => stated(each) ?? []) : [];
}

export function ec2Arn({ account, region }: Inventory, kind: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
}
