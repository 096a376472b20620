import type { JsonObject } from '../../json.ts';
import { objects, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { type AlarmQuery, comparisonOperators, readAlarm, type StatedAlarm } from './alarm.ts';
import { alarmsOf, parseRule, RuleFault } from './composite-rule.ts';
import { isMeasured } from './measured.ts';
import { evaluateQuery } from './metric-math/evaluate.ts';
import { ExpressionFault } from './metric-math/parse.ts';
import { isStatistic } from './statistic.ts';

/** Why an alarm on a metric is not evaluated here, so that it stays as it is; `null` for one that is. */
export function whyUnevaluated(properties: JsonObject): Words | null {
  const alarm = readAlarm(properties);
  if (!(comparisonOperators as readonly string[]).includes(alarm.comparison) || alarm.threshold === null) return bands;
  const elsewhere = objects(properties, 'Metrics').find((each) => text(each, 'AccountId') !== undefined);
  if (elsewhere) return otherAccount;
  const queries = alarm.queries.flatMap((each) => ('metric' in each ? [each.metric] : []));
  if (queries.some(({ period }) => period < 60) || alarm.period < 60) return highResolution;
  const statistic = queries.find((each) => !isStatistic(each.statistic))?.statistic;
  if (statistic !== undefined) return unknownStatistic(statistic);
  if (queries.some(({ period }) => period !== alarm.period)) return differentPeriods;
  const unmeasured = queries.find((each) => !isMeasured(each));
  return unmeasured ? nobodyMeasures(unmeasured) : faultOf(alarm);
}

/** Why a composite alarm is not evaluated here; `null` for one that is. */
export function whyCompositeUnevaluated(properties: JsonObject): Words | null {
  if (text(properties, 'ActionsSuppressor') !== undefined) return suppressed;
  try {
    alarmsOf(parseRule(text(properties, 'AlarmRule') ?? ''));
    return null;
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return words(`AlarmRule cannot be read: ${error.message}.`, `AlarmRule을 읽을 수 없습니다: ${error.message}`);
  }
}

/** The one entry whose values the alarm watches. */
export function watchedQuery({ queries }: Pick<StatedAlarm, 'queries'>): AlarmQuery | undefined {
  const returned = queries.filter(({ returns }) => returns);
  return returned.length === 1 ? returned[0] : undefined;
}

/** A trial with one datapoint finds the faults that an evaluation would. */
function faultOf(alarm: StatedAlarm): Words | null {
  const watched = watchedQuery(alarm);
  if (!watched) return returnsNotOne;
  const trial = alarm.queries.map((each) =>
    'metric' in each ? { id: each.id, values: [1] } : { id: each.id, expression: each.expression },
  );
  try {
    evaluateQuery(watched.id, trial, { starts: [0], period: alarm.period });
    return null;
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    return words(
      `The expression ${watched.id} cannot be evaluated: ${error.message}.`,
      `수식 ${watched.id}{을/를} 계산할 수 없습니다: ${error.message}`,
    );
  }
}

const bands = words('Anomaly detection is not carried out.', '이상 탐지는 실행하지 않습니다.');
const suppressed = words('ActionsSuppressor is not carried out.', 'ActionsSuppressor는 실행하지 않습니다.');
const otherAccount = words(
  'It watches a metric of another account, which is not known here.',
  '다른 계정의 지표를 봅니다. 여기서는 알 수 없습니다.',
);
const highResolution = words(
  'Metrics are kept minute by minute; periods below 60 seconds are not evaluated.',
  '지표를 1분 단위로 보관하므로 60초보다 짧은 기간은 평가하지 않습니다.',
);
const differentPeriods = words(
  'Its metrics have different periods, which AWS refuses.',
  '지표의 기간이 서로 다릅니다. AWS가 거부합니다.',
);
const returnsNotOne = words(
  'Exactly one entry of Metrics has to return data.',
  'Metrics에서 ReturnData가 true인 항목은 정확히 하나여야 합니다.',
);

function unknownStatistic(name: string): Words {
  return words(`The statistic ${name} is not carried out.`, `통계 ${name}{은/는} 실행하지 않습니다.`);
}

function nobodyMeasures({ namespace, name }: { readonly namespace: string; readonly name: string }): Words {
  return words(
    `The region does not measure ${namespace} ${name}.`,
    `로컬 리전에서는 ${namespace} ${name} 지표를 측정하지 않습니다.`,
  );
}
