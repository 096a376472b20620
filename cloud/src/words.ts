import { withParticles } from './particle.ts';

/** What a person reads, in both languages of the product. Korean is written, not translated word by word. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

export type Language = keyof Words;

/** Korean leaves particles after a name open, as `${name}{을/를}`: see particle.ts. */
export function words(en: string, ko: string): Words {
  return { en, ko: withParticles(ko) };
}
