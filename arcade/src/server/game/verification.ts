import { createHash } from 'node:crypto';
import { decode } from '../../rules/inputs.ts';
import { rules, stepsPerSecond } from '../../rules/night.ts';
import { replay } from '../../rules/replay.ts';
import { Refusal, refusals } from '../refusal.ts';
import { cleanNickname } from './nickname.ts';
import { type Run, readRun, runLifetime } from './run-token.ts';

/** A game as a player hands it in; nothing of it is believed. */
export interface Submission {
  readonly run: string;
  readonly nickname: string;
  readonly points: number;
  /** Base64url of `rules/inputs`. */
  readonly inputs: string;
}

/** A game that was really played, in the time that it takes. */
export interface VerifiedScore {
  readonly run: Run;
  readonly nickname: string;
  readonly points: number;
  readonly steps: number;
  readonly inputs: Buffer;
  /** Tells a repeated submission from another one for the same run. */
  readonly digest: Buffer;
}

/** Clocks of two servers differ by less than this, in milliseconds, with Amazon's time service or any other. */
const clockTolerance = 1500;

/**
 * Plays the game again. Cheap refusals come first, so that a cheat costs less than a game.
 * Throws a `Refusal` that says what does not fit.
 */
export function verify(key: Uint8Array, submission: Submission, now: number): VerifiedScore {
  const run = readRun(key, submission.run);
  if (!run) throw new Refusal(refusals.RUN_UNKNOWN);
  if (run.rules !== rules) throw new Refusal(refusals.RULES_CHANGED);
  const elapsed = now - run.openedAt;
  if (elapsed > runLifetime) throw new Refusal(refusals.RUN_EXPIRED);
  const nickname = cleanNickname(submission.nickname);
  if (nickname === undefined) throw new Refusal(refusals.NICKNAME_UNFIT);
  const bytes = Buffer.from(submission.inputs, 'base64url');
  const inputs = decode(bytes);
  if (!inputs) throw new Refusal(refusals.INPUTS_MALFORMED);
  checkTime(inputs.at(-1)?.step ?? 0, elapsed);
  const outcome = replay(run.seed, inputs);
  if (!outcome) throw new Refusal(refusals.INPUTS_IMPOSSIBLE);
  if (outcome.points !== submission.points) throw new Refusal(refusals.SCORE_MISMATCH);
  checkTime(outcome.steps, elapsed);
  const digest = createHash('sha256').update(nickname).update('\0').update(bytes).digest();
  return { run, nickname, points: outcome.points, steps: outcome.steps, inputs: bytes, digest };
}

function checkTime(steps: number, elapsed: number): void {
  if ((steps * 1000) / stepsPerSecond > elapsed + clockTolerance) throw new Refusal(refusals.TOO_FAST);
}
