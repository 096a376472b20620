import { Agent, request } from 'node:http';
import { encode, type Input } from '@terrace/arcade/rules/inputs';
import { flare, Night } from '@terrace/arcade/rules/night';
import { replay } from '@terrace/arcade/rules/replay';

export interface ScoreRate {
  readonly accepted: number;
  readonly connections: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly medianMilliseconds: number;
  readonly slowestMilliseconds: number;
}

/**
 * Verified scores that a service accepts a second, at any address that has the game behind it: one application
 * server, or all three tiers of a running region. Real games of about two seconds (all light burned in flares) are opened
 * first, because a game cannot be handed in before it could have been played; only the handing in is measured.
 */
export async function scoresPerSecond(
  baseUrl: string,
  { scores = 3000, connections = 32 }: { readonly scores?: number; readonly connections?: number } = {},
): Promise<ScoreRate> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const bodies: string[] = [];
    let longest = 0;
    await inParallel(connections, scores, async (at) => {
      const { run, seed } = (await post(agent, `${baseUrl}/api/runs`, '{}', 200)) as { run: string; seed: string };
      const { inputs, points, steps } = shortGame(seed);
      longest = Math.max(longest, steps);
      bodies[at] = JSON.stringify({ run, nickname: `bench ${at % 1000}`, points, inputs });
    });
    await new Promise((resolve) => setTimeout(resolve, (longest * 1000) / 60));
    const times: number[] = [];
    const start = performance.now();
    await inParallel(connections, scores, async (at) => {
      const began = performance.now();
      await post(agent, `${baseUrl}/api/scores`, bodies[at]!, 200);
      times.push(performance.now() - began);
    });
    const seconds = (performance.now() - start) / 1000;
    times.sort((one, other) => one - other);
    return {
      accepted: times.length,
      connections,
      seconds,
      perSecond: times.length / seconds,
      medianMilliseconds: times[times.length >> 1]!,
      slowestMilliseconds: times[times.length - 1]!,
    };
  } finally {
    agent.destroy();
  }
}

/** A flare whenever there is light for one. */
function shortGame(seed: string): { inputs: string; points: number; steps: number } {
  const night = new Night(seed);
  const inputs: Input[] = [];
  while (!night.over) {
    if (night.allows(flare)) {
      inputs.push({ step: night.step, action: flare });
      night.act(flare);
    }
    night.advance();
  }
  const outcome = replay(seed, inputs)!;
  return { ...outcome, inputs: Buffer.from(encode(inputs)).toString('base64url') };
}

async function inParallel(width: number, count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

function post(agent: Agent, url: string, body: string, expected: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === expected) resolve(JSON.parse(text));
        else reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
