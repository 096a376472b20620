import { notKnown } from '@terrace/cloud/families/contract/request-keys';

/**
 * The condition keys of a request and their values, besides who, what and where. Names are compared without regard to case.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export interface Context {
  /** `undefined` where the request does not carry the key; `notKnown` where it may, and the value is not known here. */
  get(key: string): Value | undefined;
}

export type Value = readonly string[] | typeof notKnown;

type Keys = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A text is a value of its own, so `notKnown` is given by `withNotKnown`. */
export function contextOf(keys: Keys): Context {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined) values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return { get: (key) => values.get(key.toLowerCase()) };
}

/** The same context with some keys added or replaced. */
export function withKeys(context: Context, keys: Keys): Context {
  const added = contextOf(keys);
  return { get: (key) => added.get(key) ?? context.get(key) };
}

/** The same context, in which every other key that `mayCarry` names has a value that is not known. */
export function withNotKnown(context: Context, mayCarry: (key: string) => boolean): Context {
  return { get: (key) => context.get(key) ?? (mayCarry(key.toLowerCase()) ? notKnown : undefined) };
}

/** The value where it is known, `undefined` otherwise. */
export function knownValue(context: Context, key: string): string | undefined {
  const value = context.get(key);
  return value === undefined || value === notKnown ? undefined : value[0];
}
