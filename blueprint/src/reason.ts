import type { CfnResource } from 'aws-cdk-lib';
import type { Words } from './words.ts';

/** Which part of the architecture a resource belongs to, for pictures and bills by tier. */
export type Tier = 'edge' | 'web' | 'was' | 'database' | 'network' | 'identity' | 'operations';

/**
 * States in the template's metadata why a resource is there, and to which tier it belongs.
 * A test fails for a resource that nobody gave a reason.
 */
export function because<R extends CfnResource>(resource: R, tier: Tier, reason: Words): R {
  resource.addMetadata('Terrace::Tier', tier);
  resource.addMetadata('Terrace::Reason', { en: reason.en, ko: reason.ko });
  return resource;
}

/** States why each inline rule or statement of a resource is there, by the list and its place in it. */
export function becauseOfRules(resource: CfnResource, lists: Readonly<Record<string, readonly Words[]>>): void {
  resource.addMetadata(
    'Terrace::Reasons',
    Object.fromEntries(
      Object.entries(lists).flatMap(([list, reasons]) =>
        reasons.map(({ en, ko }, index) => [`${list}/${index}`, { en, ko }]),
      ),
    ),
  );
}

export function nameTag(name: string): { key: string; value: string }[] {
  return [{ key: 'Name', value: name }];
}

/** `A` for the first zone. */
export function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
