import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Language, words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { MetricShown, MetricsAnswer } from '@terrace/region/operations/metrics-request';
import { excludes, wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { serveMetrics } from '../running/metrics-page.ts';
import { askRegion, runningRegion } from '../running/region-client.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { table } from '../terminal/table.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'metrics [name]',
  summary: words(
    'what the region measures, minute by minute of its clock; a name draws those that have it',
    '로컬 리전의 시계로 1분마다 측정한 지표. 이름을 주면 해당하는 지표를 그림으로',
  ),
  arguments: {
    name: words(
      'a part of a name, a namespace or a dimension, such as RequestCount (default: list all)',
      '이름, 네임스페이스, 차원의 일부. 예: RequestCount (기본값: 모두 보기)',
    ),
  },
  options: [
    { flags: '--csv', description: words('as lines of CSV', 'CSV로 출력') },
    {
      flags: '--listen <port>',
      description: words(
        'serve them to Prometheus at 127.0.0.1 until Ctrl-C',
        'Ctrl-C를 누를 때까지 127.0.0.1에서 Prometheus에 제공',
      ),
    },
  ],
  examples: [
    'terrace metrics',
    'terrace metrics RequestCount',
    'terrace metrics HealthyHostCount --csv',
    'terrace metrics --listen 9464',
  ],
  run({ arguments: [name], options, terminal }) {
    if (options.listen !== undefined) return listen(options.listen, terminal);
    if (options.csv === true && options.json === true) {
      terminal.mistakes([excludes('--csv', '--json')]);
      return Promise.resolve(exitCode.mistake);
    }
    return askRegion<MetricsAnswer>(terminal, '/metrics', { name: name ?? null }, (answer) => ({
      lines: () => {
        if (options.csv === true) return csvLines(answer.metrics);
        if (answer.metrics.length === 0) return none[terminal.language];
        const lines = name === undefined ? listLines(answer.metrics) : answer.metrics.flatMap(drawn);
        return [...lines, counting(answer.speed, terminal.language)];
      },
    }));
  },
};

/** Until the command is interrupted. */
async function listen(given: unknown, terminal: Terminal): Promise<number> {
  const port = wholeNumber('--listen', given, { least: 1, most: 65_535, otherwise: 9464 });
  if (!port.ok) {
    terminal.mistakes(port.mistakes);
    return exitCode.mistake;
  }
  try {
    await serveMetrics(port.value, askMetrics);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    terminal.mistakes([portTaken(port.value)]);
    return exitCode.mistake;
  }
  const url = `http://127.0.0.1:${port.value}/metrics`;
  terminal.row({ url }, url);
  return new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(exitCode.answered));
  });
}

async function askMetrics(): Promise<MetricsAnswer | null> {
  const socket = await runningRegion();
  const answer = socket ? await call(socket, '/metrics', { name: null }, () => {}) : null;
  return answer?.kind === 'result' ? (answer.value as MetricsAnswer) : null;
}

function portTaken(port: number): Mistake {
  return mistake(
    'PORT_IN_USE',
    { path: '--listen' },
    {
      cause: words(
        `Something on this machine listens on port ${port} already.`,
        `이 컴퓨터에서 이미 ${port} 포트를 쓰는 프로그램이 있습니다.`,
      ),
      next: words('choose another one', '다른 포트를 고르세요'),
    },
  );
}

function listLines(metrics: readonly MetricShown[]): string[] {
  return table(
    ['', '', '', '', ''],
    metrics.map((each) => {
      const last = each.datapoints.at(-1);
      return [each.namespace, each.name, dimensionsOf(each), last ? rounded(last.average) : '', each.unit];
    }),
  );
}

/** A line of blocks for the minutes, gaps included, with the least and the most of their averages. */
function drawn(metric: MetricShown): string[] {
  const { datapoints, unit } = metric;
  const [first, last] = [datapoints[0], datapoints.at(-1)];
  const head = `${metric.namespace} ${metric.name} ${dimensionsOf(metric)}`.trimEnd();
  if (!first || !last) return [head];
  const values = new Map(datapoints.map(({ at, average }) => [Date.parse(at), average]));
  const minutes: (number | null)[] = [];
  for (let at = Date.parse(first.at); at <= Date.parse(last.at); at += 60_000) minutes.push(values.get(at) ?? null);
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())];
  return [
    head,
    `  ${sparkline(minutes)}`,
    `  ${first.at.slice(11, 16)} – ${last.at.slice(11, 16)} UTC, ${rounded(least)} – ${rounded(most)} ${unit}, ${rounded(last.average)}`,
  ];
}

function csvLines(metrics: readonly MetricShown[]): string[] {
  return [
    'time,namespace,metric,dimensions,unit,samples,sum,average,minimum,maximum',
    ...metrics.flatMap((metric) =>
      metric.datapoints.map(({ at, samples, sum, average, minimum, maximum }) =>
        [at, metric.namespace, metric.name, dimensionsOf(metric), metric.unit, samples, sum, average, minimum, maximum]
          .map(field)
          .join(','),
      ),
    ),
  ];
}

/** https://www.rfc-editor.org/rfc/rfc4180 */
function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function dimensionsOf({ dimensions }: MetricShown): string {
  return Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function rounded(value: number): string {
  return String(Number(value.toFixed(3)));
}

function counting(speed: number, language: Language): string {
  return speed === 1
    ? words('A minute counts what happened in it.', '1분의 값은 그 1분 동안 일어난 것을 센 것입니다.')[language]
    : words(
        `A minute of the region's clock, ${speed} times as fast, counts what happened in it, as counted.`,
        `${speed}배속인 로컬 리전의 시계로 1분의 값은 그동안 일어난 것을 센 그대로입니다.`,
      )[language];
}

const none = words(
  'No metric has data yet: the first minute of the region’s clock is not over.',
  '아직 값이 있는 지표가 없습니다. 로컬 리전의 시계로 첫 1분이 지나지 않았습니다.',
);
