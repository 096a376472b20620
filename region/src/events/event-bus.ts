import type { NumberedEvent, RegionEvent } from './event.ts';

/** How many of the last events are remembered: of calls and metrics, which a busy application makes by the thousand, and of all others. */
const most = { frequent: 500, rare: 1_000 };

/** All that happens in a region goes by here: parts publish, and who wants to know subscribes or reads back. */
export class EventBus {
  readonly #frequent: NumberedEvent[] = [];
  readonly #rare: NumberedEvent[] = [];
  readonly #subscribers = new Set<(event: NumberedEvent) => void>();
  #count = 0;

  publish(event: RegionEvent): void {
    const numbered: NumberedEvent = { number: ++this.#count, at: new Date().toISOString(), ...event };
    const [kept, limit] = isFrequent(event) ? [this.#frequent, most.frequent] : [this.#rare, most.rare];
    kept.push(numbered);
    if (kept.length > limit) kept.shift();
    for (const each of this.#subscribers) each(numbered);
  }

  /** Until the signal. */
  subscribe(on: (event: NumberedEvent) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#subscribers.add(on);
    signal?.addEventListener('abort', () => this.#subscribers.delete(on), { once: true });
  }

  /** The last so many of those that are remembered, the latest last. */
  recent(count: number): NumberedEvent[] {
    const all = [...this.#frequent, ...this.#rare].sort((one, other) => one.number - other.number);
    return all.slice(-count);
  }
}

function isFrequent(event: RegionEvent): boolean {
  return event.kind === 'endpoint' && (event.event.kind === 'call' || event.event.kind === 'metrics');
}
