import type { AlarmState, StatedAlarm } from '@terrace/cloud/families/alarm/alarm';
import { alarmsOf, ruleHolds } from '@terrace/cloud/families/alarm/composite-rule';
import { evaluateQuery } from '@terrace/cloud/families/alarm/metric-math/evaluate';
import { watchedQuery } from '@terrace/cloud/families/alarm/unevaluated';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Words } from '@terrace/cloud/words';
import { metricKey } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { hasEnoughSamples, readStatistic } from '../metrics/statistic.ts';
import type { AlarmCondition } from './condition.ts';
import { evaluate, evaluationRange } from './evaluation.ts';
import { compositeReason, initialReason, type StateReason } from './state-reason.ts';
import { alarmsIn, type StateChange, type WatchedAlarm } from './watched-alarm.ts';

const minute = 60_000;

/** An alarm and the state it is in. */
export interface AlarmStanding {
  readonly alarm: WatchedAlarm;
  readonly state: AlarmState;
  readonly reason: StateReason;
  /** Since when, in milliseconds since 1970 by the region's clock. */
  readonly since: number;
  /** Of the last period that has data; `null` where none of those that were evaluated has, and for a composite alarm. */
  readonly latest: number | null;
}

/** The template's alarms and their states. An alarm that is changed keeps its state, as on AWS. */
export class AlarmWatch {
  readonly #metrics: MetricStore;
  #standings: AlarmStanding[] = [];
  #unevaluated: readonly { readonly name: string; readonly why: Words }[] = [];

  constructor(metrics: MetricStore) {
    this.#metrics = metrics;
  }

  get standings(): readonly AlarmStanding[] {
    return this.#standings;
  }

  get unevaluated(): readonly { readonly name: string; readonly why: Words }[] {
    return this.#unevaluated;
  }

  /** @param generated alarms that AWS makes for others of the template's resources */
  apply(inventory: Inventory, now: number, generated: readonly WatchedAlarm[] = []): void {
    const { watched: stated, unevaluated } = alarmsIn(inventory);
    const watched = [...stated, ...generated];
    const former = new Map(this.#standings.map((each) => [each.alarm.arn, each]));
    this.#unevaluated = unevaluated;
    this.#standings = watched.map((alarm) => ({
      ...(former.get(alarm.arn) ?? { state: 'INSUFFICIENT_DATA', reason: initialReason, since: now, latest: null }),
      alarm,
    }));
    this.#metrics.keep(minutesRead(watched));
  }

  /** Evaluates every alarm over the minutes that are over; gives those whose state has changed, in the order in which they changed. */
  evaluate(now: number): StateChange[] {
    const changes: StateChange[] = [];
    this.#standings = this.#standings.map((standing) => {
      const { watches } = standing.alarm;
      if (!('metric' in watches)) return standing;
      const { state, reason, latest } = this.#ofMetric(watches.metric, standing.state, now);
      return this.#became({ ...standing, latest }, state, reason ?? standing.reason, { now, changes });
    });
    // A composite alarm may read another: each pass settles one more level.
    for (let pass = 0; pass < this.#standings.length && this.#followRules(now, changes); pass++);
    return changes;
  }

  #followRules(now: number, changes: StateChange[]): boolean {
    const before = changes.length;
    this.#standings = this.#standings.map((standing) => {
      const { watches } = standing.alarm;
      if (!('rule' in watches)) return standing;
      const holds = ruleHolds(watches.rule, (named) => this.#stateOf(named));
      const to = holds ? 'ALARM' : 'OK';
      if (to === standing.state) return standing;
      const read = alarmsOf(watches.rule);
      const cause = changes.find(({ alarm }) => read.includes(alarm.arn) || read.includes(alarm.name));
      return this.#became(standing, to, cause ? compositeReason(cause) : standing.reason, { now, changes });
    });
    return changes.length > before;
  }

  #stateOf(named: string): AlarmState | undefined {
    return this.#standings.find(({ alarm }) => alarm.arn === named || alarm.name === named)?.state;
  }

  #became(
    standing: AlarmStanding,
    to: AlarmState,
    reason: StateReason,
    { now, changes }: { readonly now: number; readonly changes: StateChange[] },
  ): AlarmStanding {
    const { alarm, state: from, latest } = standing;
    if (from === to) return { ...standing, reason };
    changes.push({ alarm, from, to, reason, at: now });
    return { alarm, state: to, reason, since: now, latest };
  }

  #ofMetric(stated: StatedAlarm, state: AlarmState, now: number) {
    const periods = evaluationRange(stated);
    const length = stated.period * 1000;
    const end = now - (now % minute);
    const starts = Array.from({ length: periods }, (_, index) => end - (periods - index) * length);
    if (stated.ignoresLowSamples && this.#hasFewSamples(stated, starts)) return { state, reason: null, latest: null };
    const queries = stated.queries.map((query) =>
      'metric' in query
        ? { id: query.id, values: starts.map((start) => this.#read(query.metric, start, start + length)) }
        : query,
    );
    const values = evaluateQuery(watchedQuery(stated)!.id, queries, { starts, period: stated.period });
    const range = starts.map((at, index) => ({ at, value: values[index] ?? null }));
    const latest = range.findLast(({ value }) => value !== null)?.value ?? null;
    return { ...evaluate(conditionOf(stated), range, state), latest };
  }

  #read(metric: MetricQuery, from: number, before: number): number | null {
    const series = this.#metrics.find(metric);
    if (!series || (metric.unit !== null && metric.unit !== series.unit)) return null;
    return readStatistic(series, metric.statistic, from, before);
  }

  #hasFewSamples(stated: StatedAlarm, starts: readonly number[]): boolean {
    const from = starts.at(-stated.evaluationPeriods)!;
    return stated.queries.some((query) => {
      if (!('metric' in query)) return false;
      const before = from + stated.evaluationPeriods * stated.period * 1000;
      const samples = this.#metrics.find(query.metric)?.read(from, before)?.count ?? 0;
      return samples > 0 && !hasEnoughSamples(query.metric.statistic, samples / stated.evaluationPeriods);
    });
  }
}

type MetricQuery = Extract<StatedAlarm['queries'][number], { metric: unknown }>['metric'];

function conditionOf(stated: StatedAlarm): AlarmCondition {
  const { evaluationPeriods, datapointsToAlarm, missingData } = stated;
  const comparison = stated.comparison as AlarmCondition['comparison'];
  return { comparison, threshold: stated.threshold!, evaluationPeriods, datapointsToAlarm, missingData };
}

/** How far back alarms read each metric. */
function minutesRead(alarms: readonly WatchedAlarm[]): Map<string, number> {
  const minutes = new Map<string, number>();
  for (const { watches } of alarms) {
    if (!('metric' in watches)) continue;
    const read = Math.ceil((evaluationRange(watches.metric) * watches.metric.period) / 60) + 1;
    for (const query of watches.metric.queries) {
      if (!('metric' in query)) continue;
      const key = metricKey(query.metric);
      minutes.set(key, Math.max(minutes.get(key) ?? 0, read));
    }
  }
  return minutes;
}
