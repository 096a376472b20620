import { type Concealment, concealment } from '@terrace/cloud/concealment';
import type { Inventory } from '@terrace/cloud/inventory';
import { secretsIn } from '@terrace/cloud/specification/secret-properties';
import type { SecretStore } from '../secrets/store.ts';

/**
 * Masks the region's secrets in whatever it says: those that its templates state, and those in its store, which may change at any time and
 * are read anew for each answer. The log, which waits for nothing, has them as last read.
 */
export class Discretion {
  readonly #stated = new Set<string>();
  readonly #store: () => SecretStore | undefined;
  #kept: readonly string[] = [];
  #latest: Concealment = concealment([]);

  /** @param store the region's secrets, as soon as there are any */
  constructor(store: () => SecretStore | undefined) {
    this.#store = store;
  }

  /** What an inventory states stays secret when the next one states it no longer: an instance may have written it down. */
  learn({ secrets }: Pick<Inventory, 'secrets'>): void {
    for (const each of secrets) this.#stated.add(each);
    this.#latest = concealment([...this.#stated, ...this.#kept]);
  }

  async value<T>(said: T): Promise<T> {
    // A store that cannot be read keeps no answer back: what was known of it stays masked.
    const kept = await this.#store()
      ?.list()
      .catch(() => undefined);
    if (!kept) return this.#latest.value(said);
    this.#kept = kept.flatMap(({ versions }) => versions.flatMap(({ value }) => secretsIn({ SecretString: value })));
    this.#latest = concealment([...this.#stated, ...this.#kept]);
    return this.#latest.value(said);
  }

  text(said: string): string {
    return this.#latest.text(said);
  }
}
