/** As templates write it: a boolean, or its name as text. */
export function isTrue(given: unknown): boolean {
  return ['true', 'yes', 'y', 't', '1'].includes(String(given).trim().toLowerCase());
}
