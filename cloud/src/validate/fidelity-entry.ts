import type { Words } from '../words.ts';
import type { TypeFidelity } from './fidelity.ts';

/** Names of properties, apart by spaces. */
interface Properties {
  readonly acts?: string;
  readonly modelled?: string;
}

export function real(how: Words, properties: Properties, unless?: TypeFidelity['unless']): TypeFidelity {
  const entry = { fidelity: 'real' as const, how, acts: names(properties.acts), modelled: names(properties.modelled) };
  return unless ? { ...entry, unless } : entry;
}

export function modelled(how: Words, properties = '*'): TypeFidelity {
  return { fidelity: 'modelled', how, acts: new Set(), modelled: names(properties) };
}

export function ignored(how: Words): TypeFidelity {
  return { fidelity: 'ignored', how, acts: new Set(), modelled: new Set() };
}

function names(text: string | undefined): ReadonlySet<string> {
  return new Set(text?.split(' '));
}
