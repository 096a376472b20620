/**
 * What AWS knows about a request besides who, what and where: condition keys and their values.
 * Names are compared without regard to case.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export interface Context {
  /** `undefined` where the request does not carry the key. */
  get(key: string): readonly string[] | undefined;
}

export function contextOf(keys: Readonly<Record<string, string | readonly string[] | undefined>>): Context {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined) values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return { get: (key) => values.get(key.toLowerCase()) };
}

/** The same context with some keys added or replaced. */
export function withKeys(
  context: Context,
  keys: Readonly<Record<string, string | readonly string[] | undefined>>,
): Context {
  const added = contextOf(keys);
  return { get: (key) => added.get(key) ?? context.get(key) };
}
