import { type Measurement, type Metric, metricKey } from './metric.ts';
import { Series } from './series.ts';

/** Minutes that are kept of a metric that no alarm reads further back: three hours. */
const kept = 180;
/** As many metrics are kept; one that last had data before all others goes for a new one. */
const mostSeries = 10_000;

/** What a region has measured lately, minute by minute of its clock. It is gone when the region ends. */
export class MetricStore {
  readonly #series = new Map<string, { readonly metric: Metric; readonly series: Series }>();
  /** Minutes that alarms read of metrics, those without data among them. */
  #wanted: ReadonlyMap<string, number> = new Map();

  /** Which metrics are kept longer than others, by their keys, and for how many minutes. */
  keep(wanted: ReadonlyMap<string, number>): void {
    this.#wanted = wanted;
    for (const [key, minutes] of wanted) this.#series.get(key)?.series.keep(minutes);
  }

  /** @param at milliseconds since 1970 */
  add(at: number, { unit, value, ...metric }: Measurement): void {
    const key = metricKey(metric);
    const known = this.#series.get(key) ?? {
      metric,
      series: new Series(unit, Math.max(kept, this.#wanted.get(key) ?? 0)),
    };
    // The order of the map is that of the last data.
    this.#series.delete(key);
    this.#series.set(key, known);
    known.series.add(at, value);
    if (this.#series.size > mostSeries) this.#series.delete(this.#series.keys().next().value!);
  }

  /** `undefined` for a metric that never had data. */
  find(metric: Metric): Series | undefined {
    return this.#series.get(metricKey(metric))?.series;
  }

  /** Those that have data, in the order of their names. */
  get all(): { readonly metric: Metric; readonly series: Series }[] {
    return [...this.#series.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
  }
}
