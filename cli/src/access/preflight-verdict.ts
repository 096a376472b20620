import type { Preflight } from '@terrace/lenses/access/deployment/preflight';

/** `depends`: nothing is missing for certain, and a value is not known. `unknown`: nothing is missing, and the needs of a type are not known. */
export function verdictOf({ allowed, missing }: Preflight): 'yes' | 'no' | 'depends' | 'unknown' {
  if (allowed) return 'yes';
  if (missing.length === 0) return 'unknown';
  return missing.every(({ decision }) => decision.verdict === 'depends') ? 'depends' : 'no';
}
