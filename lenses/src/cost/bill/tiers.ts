import type { Resource } from '@terrace/cloud/inventory';

/** The tier that a resource says it belongs to: `Terrace::Tier` in its metadata, or a tag `Tier`; `null` where it says none. */
export function tierOf(resource: Resource): string | null {
  const stated = resource.metadata['Terrace::Tier'];
  if (typeof stated === 'string') return stated;
  return resource.tags['Terrace::Tier'] ?? resource.tags.Tier ?? resource.tags.tier ?? null;
}
