import type { JsonObject } from '../../json.ts';
import { type Words, words } from '../../words.ts';

/**
 * What Terrace makes of a resource or a property on this machine.
 * - `real`: it acts: packets, processes, data.
 * - `modelled`: lenses answer for it (reach, access, cost), nothing acts.
 * - `ignored`: it is read and has no effect.
 */
export type Fidelity = 'real' | 'modelled' | 'ignored';

export interface TypeFidelity {
  readonly fidelity: Fidelity;
  /** What that means for this type, in a sentence. */
  readonly how: Words;
  /** Properties that act, where the type is real. */
  readonly acts: ReadonlySet<string>;
  /** Properties that lenses answer for; `*` for all that do not act. */
  readonly modelled: ReadonlySet<string>;
  /** Overrules `fidelity` for some resources of the type, for example by a database's engine. */
  readonly unless?: (properties: JsonObject) => { readonly fidelity: Fidelity; readonly how: Words } | undefined;
}

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

/** Sentences that several families say. */
export const pricedOnly = words('Priced only.', '요금만 계산합니다.');
export const readOnly = words('Read only.', '읽기만 합니다.');
export const freeOnAws = words('Read only; AWS asks nothing for it.', '읽기만 합니다. AWS에서도 요금이 없습니다.');
export const byAccessLens = words('The access lens evaluates it.', '접근 렌즈가 평가합니다.');
