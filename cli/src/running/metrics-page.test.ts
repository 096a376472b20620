import type { MetricShown } from '@terrace/region/operations/metrics-request';
import { describe, expect, test } from 'vitest';
import { exposition, serveMetrics } from './metrics-page.ts';

function metric(namespace: string, name: string, dimensions: Record<string, string>, average: number): MetricShown {
  const point = { at: '2026-11-29T00:00:00.000Z', samples: 2, sum: 2 * average, average, minimum: 0, maximum: 9 };
  return { namespace, name, dimensions, unit: 'Count', datapoints: [{ ...point, average: 1 }, point] };
}

const metrics = [
  metric('AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'app/web/1' }, 4),
  metric('AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'app/was/2' }, 5),
  metric('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }, 25),
  metric('My Shop', '2nd "try"', { Place: 'a\\b "c"\nd' }, 1),
  { ...metric('Empty', 'Nothing', {}, 0), datapoints: [] },
];

test('the last minute of each metric, by the names of Prometheus’s exporter for CloudWatch', () => {
  const lines = exposition(metrics).split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '# TYPE aws_application_elb_request_count_sum gauge',
    'aws_application_elb_request_count_sum{load_balancer="app/web/1"} 8',
    'aws_application_elb_request_count_sum{load_balancer="app/was/2"} 10',
  ]);
  expect(lines).toContain('aws_ec2_cpuutilization_average{instance_id="i-1"} 25');
  expect(lines).toContain('aws_ec2_cpuutilization_sample_count{instance_id="i-1"} 2');
  expect(lines).toContain('my_shop__2nd__try__maximum{place="a\\\\b \\"c\\"\\nd"} 9');
  expect(lines.filter((each) => each.includes('empty'))).toEqual([]);
  for (const line of lines.filter((each) => each !== ''))
    expect(line).toMatch(/^(# TYPE [a-z_][a-z0-9_]* gauge|[a-z_][a-z0-9_]*\{.*\} [\d.]+)$/);
});

describe('the page', () => {
  test.each([
    ['/metrics', {}, 200],
    ['/metrics?name=x', { host: 'localhost:9464' }, 200],
    ['/', {}, 404],
    ['/metrics', { host: 'attacker.example' }, 421],
  ])('%s with %j answers %i', async (path, headers, status) => {
    const server = await serveMetrics(0, async () => ({ metrics, now: '', speed: 1 }));
    try {
      expect(await statusOf(server.address() as { port: number }, path, headers)).toBe(status);
    } finally {
      server.close();
    }
  });

  test('says so where no region runs, or it does not answer', async () => {
    for (const ask of [async () => null, () => Promise.reject(new Error('gone'))]) {
      const server = await serveMetrics(0, ask);
      expect(await statusOf(server.address() as { port: number }, '/metrics', {})).toBe(503);
      server.close();
    }
  });

  test('is refused a port that another has', async () => {
    const server = await serveMetrics(0, async () => null);
    const { port } = server.address() as { port: number };
    await expect(serveMetrics(port, async () => null)).rejects.toThrow('EADDRINUSE');
    server.close();
  });
});

async function statusOf({ port }: { port: number }, path: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}
