import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cheats } from '@terrace/arcade/fixtures/cheats';
import { honestGame } from '@terrace/arcade/fixtures/game';
import { type Pair, startPair } from '@terrace/arcade/fixtures/pair';
import { dawn } from '@terrace/arcade/rules/night';
import { replay } from '@terrace/arcade/rules/replay';
import { robotGame } from '@terrace/arcade/rules/robot';
import { openRun } from '@terrace/arcade/server/game/run-token';
import { databaseLimit } from './game-database.ts';
import { type ScoreRate, scoresPerSecond } from './game-scores.ts';
import { measureScoresThroughTiers, type TierScores } from './game-tiers.ts';

export interface GameMeasurement {
  readonly verification: VerificationTime;
  readonly refusals: readonly RefusalCost[];
  /** Straight to one application server on loopback, client and database on the same machine. */
  readonly scores: ScoreRate;
  /** The same inserts by pgbench, over TLS, with as many connections as a server holds. */
  readonly databaseLimitPerSecond: number;
  readonly tiers: TierScores;
}

export interface VerificationTime {
  readonly games: number;
  readonly gameSeconds: number;
  /** Processor time, which does not count what else the machine does meanwhile. */
  readonly firstMilliseconds: number;
  readonly medianMilliseconds: number;
  /** 99 of 100 games take less. */
  readonly highMilliseconds: number;
  readonly worstMilliseconds: number;
  readonly limitMilliseconds: 2;
  readonly holds: boolean;
}

export interface RefusalCost {
  readonly name: string;
  /** Time of the server's processor, user and system, a refused request. */
  readonly milliseconds: number;
  readonly limitMilliseconds: 5;
  readonly holds: boolean;
}

/** Needs `npm run build`; takes about a minute. */
export async function measureGame(): Promise<GameMeasurement> {
  return { ...(await measureOneServer()), tiers: await measureScoresThroughTiers() };
}

async function measureOneServer(): Promise<Omit<GameMeasurement, 'tiers'>> {
  await using pair = await startPair(fileURLToPath(new URL('../../arcade/dist/bundle', import.meta.url)));
  return {
    verification: verificationTime(),
    refusals: await refusalCosts(pair),
    scores: await scoresPerSecond(`http://127.0.0.1:${pair.ports[0]}`),
    databaseLimitPerSecond: await databaseLimit(pair.postgres),
  };
}

/** How long it takes to play games of the whole five minutes again. */
function verificationTime(games = 200): VerificationTime {
  const recorded = Array.from({ length: games * 2 }, (_, at) => {
    const seed = (at * 7919 + 12_345).toString(16).padStart(16, '0');
    return { seed, inputs: robotGame(seed) };
  })
    .filter(({ seed, inputs }) => replay(seed, inputs)?.steps === dawn)
    .slice(0, games);
  const times = recorded.map(({ seed, inputs }) => {
    const start = process.cpuUsage();
    replay(seed, inputs);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  const sorted = [...times].sort((one, other) => one - other);
  const high = sorted[Math.floor(sorted.length * 0.99)]!;
  return {
    games: recorded.length,
    gameSeconds: dawn / 60,
    firstMilliseconds: times[0]!,
    medianMilliseconds: sorted[sorted.length >> 1]!,
    highMilliseconds: high,
    worstMilliseconds: sorted[sorted.length - 1]!,
    limitMilliseconds: 2,
    holds: high < 2,
  };
}

/**
 * Each way of cheating, many times over, against a real server whose processor time is read before and after. The game that is
 * cheated with takes the whole five minutes, and its run is signed as if they had passed.
 */
export async function refusalCosts(pair: Pair, times = 200): Promise<RefusalCost[]> {
  const address = `http://127.0.0.1:${pair.ports[0]}/api/scores`;
  const key = await signingKey(pair);
  const { body } = longGame(key, Date.now() - 400_000);
  const young = { name: 'a game faster than time', body: () => JSON.stringify(longGame(key, Date.now()).body) };
  const costs: RefusalCost[] = [];
  for (const { name, body: made, codes } of [{ ...young, codes: ['TOO_FAST'] }, ...cheats]) {
    const text = made(body);
    const repeat = text.length > 100_000 ? 40 : times;
    for (let at = 0; at < 20; at++) await send(address, text, codes);
    const before = processorSeconds(pair.processes[0]);
    for (let at = 0; at < repeat; at++) await send(address, text, codes);
    const milliseconds = ((processorSeconds(pair.processes[0]) - before) * 1000) / repeat;
    costs.push({ name, milliseconds, limitMilliseconds: 5, holds: milliseconds < 5 });
  }
  return costs;
}

/** A game until dawn, with its run opened at a time of the past. */
function longGame(key: Uint8Array, openedAt: number) {
  for (;;) {
    const { run, token } = openRun(key, openedAt);
    const game = honestGame({ run: token, seed: run.seed }, 'honest');
    if (game.steps === dawn) return game;
  }
}

async function signingKey(pair: Pair): Promise<Uint8Array> {
  const [row] = await pair.postgres.query('select key from signing_key');
  return row?.key as Uint8Array;
}

async function send(url: string, body: string, codes: readonly string[]): Promise<void> {
  const sent = fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  // A body that is far too large is answered and the connection closed while it is still being written: whether
  // the answer is read before that is noticed is a matter of luck.
  const answer = await (codes.includes('BODY_TOO_LARGE') ? sent.catch(() => undefined) : sent);
  if (!answer) return;
  const { error } = (await answer.json()) as { error: string };
  if (!codes.includes(error)) throw new Error(`${error} instead of ${codes.join(' or ')}`);
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime, in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
