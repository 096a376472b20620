import { createServer, type Server } from 'node:http';
import type { MetricShown, MetricsAnswer } from '@terrace/region/operations/metrics-request';

/** Answers every request with the metrics of the moment; `null` where the region does not answer. */
export type AskMetrics = () => Promise<MetricsAnswer | null>;

/**
 * A page of metrics for Prometheus, on the loopback interface alone. Resolves once it can be asked.
 *
 * @param port 0 for one that is free
 * @throws the listener's error, `EADDRINUSE` where the port is taken
 */
export async function serveMetrics(port: number, ask: AskMetrics): Promise<Server> {
  const server = createServer(async (request, response) => {
    const end = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
      response.writeHead(status, { 'content-type': type }).end(text);
    // A page of the internet may have a name of its own that means this machine.
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? ''))
      return end(421, 'ask http://127.0.0.1\n');
    if (request.url?.split('?')[0] !== '/metrics') return end(404, 'the metrics are at /metrics\n');
    const answer = await ask().catch(() => null);
    if (!answer) return end(503, 'no region runs\n');
    end(200, exposition(answer.metrics), 'text/plain; version=0.0.4; charset=utf-8');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return server;
}

const statistics = [
  ['sum', 'sum'],
  ['average', 'average'],
  ['minimum', 'minimum'],
  ['maximum', 'maximum'],
  ['sample_count', 'samples'],
] as const;

/**
 * Each metric's last minute as gauges, one for each statistic, named as Prometheus's exporter for CloudWatch names them:
 * `aws_ec2_cpuutilization_average{instance_id="i-…"}`. Their time is the scrape's: the region's clock may run faster.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * https://github.com/prometheus/cloudwatch_exporter
 */
export function exposition(metrics: readonly MetricShown[]): string {
  const families = new Map<string, string[]>();
  for (const metric of metrics) {
    const last = metric.datapoints.at(-1);
    if (!last) continue;
    const labels = Object.entries(metric.dimensions).map(([name, value]) => `${snake(name)}="${escaped(value)}"`);
    for (const [statistic, field] of statistics) {
      const family = `${snake(metric.namespace)}_${snake(metric.name)}_${statistic}`;
      const line = `${family}{${labels.join(',')}} ${last[field]}`;
      families.set(family, [...(families.get(family) ?? [`# TYPE ${family} gauge`]), line]);
    }
  }
  return [...families.values()]
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

/** `RequestCount` is `request_count`, and `CPUUtilization` `cpuutilization`, as the exporter has them. */
function snake(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9_]/g, '_');
  return words.toLowerCase().replace(/^(?=\d)/, '_');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
