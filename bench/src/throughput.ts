import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { addToToolkit } from '@terrace/region/host/toolkit';
import { median } from './first-path.ts';
import { launchLoopback } from './loopback.ts';
import { RegionUnderTest } from './region-under-test.ts';

const run = promisify(execFile);

export interface ThroughputMeasurement {
  /** Requests a second through the region's three tiers, and through the same chain on loopback: medians. */
  readonly region: number;
  readonly loopback: number;
  /** The median of the ratios of neighbouring runs. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly limit: 0.75;
}

/** Connections of the load generator. */
const connections = 64;

/**
 * Requests a second of balancer, nginx, balancer and application over the fabric, against the same binaries with the same configurations chained
 * on loopback, in turn within one run. The handler only answers.
 */
export async function measureThroughput(rounds = 5, seconds = 6): Promise<ThroughputMeasurement> {
  await addToToolkit([{ program: 'wrk', package: 'wrk' }]);
  await using region = await RegionUnderTest.make();
  const assembly = await region.synthesize();
  await region.up('--app', assembly);
  await using loopback = await launchLoopback(region, assembly);
  const endpoints = region.processNamed('families/endpoints-process.js');
  const address = await publicAddress(region);
  const path = '/health/live';
  await answers(endpoints, `http://${address}${path}`);
  await answers(loopback.processId, `http://${loopback.address}${path}`);
  const results: { region: number; loopback: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const measured = {
      region: await requestsPerSecond(endpoints, `http://${address}${path}`, seconds),
      loopback: await requestsPerSecond(loopback.processId, `http://${loopback.address}${path}`, seconds),
    };
    // The first round warms both up.
    if (round > 0) results.push(measured);
  }
  const ratios = results.map((each) => each.region / each.loopback);
  return {
    region: median(results.map((each) => each.region)),
    loopback: median(results.map((each) => each.loopback)),
    ratio: median(ratios),
    ratios,
    limit: 0.75,
  };
}

/** wrk beside a process, in its mount and network namespaces. */
async function requestsPerSecond(processId: number, url: string, seconds: number): Promise<number> {
  const said = await beside(processId, 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, url);
  const failures = /Non-2xx or 3xx responses: (\d+)/.exec(said)?.[1];
  if (failures) throw new Error(`${failures} failures of ${url}: ${said}`);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(said)?.[1];
  if (!rate) throw new Error(`wrk said: ${said}`);
  return Number(rate);
}

async function answers(processId: number, url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const said = await beside(processId, 'wrk', '-t1', '-c2', '-d1s', url);
    if (/Requests\/sec/.test(said) && !/Non-2xx|Socket errors/.test(said)) return;
    await wait(100);
  }
  throw new Error(`${url} does not answer`);
}

async function beside(processId: number, ...words: readonly string[]): Promise<string> {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
  const { stdout } = await run('nsenter', ['--target', String(processId), ...user, '--mount', '--net', ...words]);
  return stdout;
}

/** The public address of the external load balancer's first node, as its users resolve it. */
async function publicAddress(region: RegionUnderTest): Promise<string> {
  const probe = (await region.terrace('probe', 'internet', 'ExternalLoadBalancer', '--port', '80')) as {
    to: { address: string };
  };
  return probe.to.address;
}
