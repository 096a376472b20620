import { mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { RegionClock } from '../clock/region-clock.ts';
import type { ControlEvent, MetricsRequest } from '../control/protocol.ts';
import type { Metric } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { Series } from '../metrics/series.ts';

const minute = 60_000;
/** Minutes that are shown. */
const shown = 180;

/** A metric as `terrace metrics` gives it: a stable shape, documented in docs/json.md. */
export interface MetricShown extends Metric {
  readonly unit: string;
  /** Minutes with data, the earliest first; only the last one in a list of all. */
  readonly datapoints: readonly MinuteShown[];
}

export interface MinuteShown {
  /** Start of the minute on the region's clock, ISO 8601. */
  readonly at: string;
  readonly samples: number;
  readonly sum: number;
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface MetricsAnswer {
  readonly metrics: readonly MetricShown[];
  /** ISO 8601 */
  readonly now: string;
  /** How many times as fast as the wall's the clock runs; a minute counts what happened in it, as counted. */
  readonly speed: number;
}

export function answerMetricsRequest(store: MetricStore, clock: RegionClock, { name }: MetricsRequest): ControlEvent {
  const { now, speed } = { now: clock.now(), speed: clock.speed };
  const found = store.all.filter(({ metric }) => name === null || isNamed(metric, name));
  if (name !== null && found.length === 0) return { kind: 'mistakes', mistakes: [noMetric(name, store)] };
  const metrics = found.map(({ metric, series }) => {
    const last = series.last ?? now;
    const from = name === null ? last : last - (shown - 1) * minute;
    return { ...metric, unit: series.unit, datapoints: minutesOf(series, from, last) };
  });
  const answer: MetricsAnswer = { metrics, now: new Date(now).toISOString(), speed };
  return { kind: 'result', value: answer };
}

/** By its name, its namespace, or a part of either or of a dimension's value. */
function isNamed({ namespace, name, dimensions }: Metric, wanted: string): boolean {
  const part = wanted.toLowerCase();
  return [name, `${namespace}/${name}`, ...Object.values(dimensions)].some((each) => each.toLowerCase().includes(part));
}

function minutesOf(series: Series, from: number, to: number): MinuteShown[] {
  const minutes: MinuteShown[] = [];
  for (let at = from; at <= to; at += minute) {
    const read = series.read(at, at + minute);
    if (!read) continue;
    const { count, sum, least, most } = read;
    const average = sum / count;
    minutes.push({ at: new Date(at).toISOString(), samples: count, sum, average, minimum: least, maximum: most });
  }
  return minutes;
}

function noMetric(name: string, store: MetricStore) {
  const names = [...new Set(store.all.map(({ metric }) => metric.name))].slice(0, 20).join(', ');
  return mistake(
    'NO_SUCH_METRIC',
    {},
    {
      cause: words(
        `No metric with data has “${name}” in its name.`,
        `이름에 “${name}”{이/가} 들어간, 값이 있는 지표가 없습니다.`,
      ),
      next:
        names === ''
          ? words(
              'wait for the next minute: no metric has data yet',
              '다음 1분을 기다리세요. 아직 값이 있는 지표가 없습니다',
            )
          : words(`choose one of: ${names}`, `다음 중에서 고르세요: ${names}`),
    },
  );
}
