/** What a person reads, in both languages. Korean is written, not translated word by word. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

export function words(en: string, ko: string): Words {
  return { en, ko };
}
