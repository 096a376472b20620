import { get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';
import { noAnswer } from './region-mistakes.ts';

/** The path that has to be answered through all tiers before an application counts as up; a template may state it as metadata. */
export function firstAnswerPath(inventory: Inventory): string {
  for (const { metadata } of inventory.stacks) {
    const stated = metadata['Terrace::FirstAnswer'];
    if (typeof stated === 'string' && stated.startsWith('/')) return stated;
  }
  return '/';
}

/** How long the first answer is waited for once every instance has booted, in milliseconds. */
const patience = 15_000;

/**
 * Asks until the answer is a success; at most until the change has failed, and some time after every instance has booted, or none where nobody is
 * left who could answer.
 *
 * @returns the last status seen, `null` for none
 */
export async function firstAnswer(
  url: string,
  waiting: { readonly booted: Promise<'somebody' | 'nobody'>; readonly failed: AbortSignal },
): Promise<{ answered: boolean; status: number | null }> {
  const over = new AbortController();
  const end = () => over.abort();
  void aborted(waiting.failed).then(end);
  void waiting.booted.then((who) => (who === 'nobody' ? end() : setTimeout(end, patience).unref()));
  const answer = await answerBefore(over.signal, url);
  end();
  return answer;
}

/** Waits for the first answer through all tiers; without a door, until every instance has booted. `null` where it is told already why none comes. */
export async function untilAnswered(
  instances: InstanceKeeper,
  {
    door,
    path,
    failed,
    members,
  }: {
    readonly door: string | null;
    readonly path: string;
    readonly failed: AbortSignal;
    readonly members: number;
  },
  tell: (text: Words) => void,
): Promise<'answered' | Mistake | null> {
  const booted = instances.booted();
  if (door === null) {
    await Promise.race([booted, aborted(failed)]);
    return null;
  }
  tell(words('waiting for the first answer through all tiers', '모든 계층을 거친 첫 응답을 기다리는 중'));
  const { answered, status } = await firstAnswer(`${door}${path.slice(1)}`, {
    booted: booted.then(() => (instances.allFailed ? 'nobody' : 'somebody')),
    failed,
  });
  if (answered) return 'answered';
  return instances.failures.length === 0 && !failed.aborted ? noAnswer(path, status, members) : null;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function answerBefore(signal: AbortSignal, url: string): Promise<{ answered: boolean; status: number | null }> {
  let status: number | null = null;
  while (!signal.aborted) {
    status = (await statusOf(new URL(url), signal)) ?? status;
    if (status !== null && status >= 200 && status < 400) return { answered: true, status };
    await wait(25, undefined, { signal }).catch(() => undefined);
  }
  return { answered: false, status };
}

/** So many redirects are followed, as by a browser that does not go round in circles for ever. */
const mostRedirects = 10;

/** The status of the page itself: a redirect within this machine is followed, one that leads elsewhere is the answer. */
function statusOf(url: URL, signal: AbortSignal, redirects = 0): Promise<number | null> {
  return new Promise((resolve) => {
    const answered = (response: IncomingMessage) => {
      response.resume();
      const status = response.statusCode ?? null;
      const leads = redirectOf(response, url);
      if (!leads) resolve(status);
      else resolve(redirects < mostRedirects ? statusOf(leads, signal, redirects + 1) : null);
    };
    // The certificate is the balancer's, for its own names; the connection does not leave the loopback.
    const options = { agent: false, signal, timeout: 5_000, rejectUnauthorized: false } as const;
    const asking = url.protocol === 'https:' ? getSecurely(url, options, answered) : get(url, options, answered);
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(null));
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return undefined;
  if (!URL.canParse(headers.location, from.href)) return undefined;
  const to = new URL(headers.location, from);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(to.hostname);
  return isHere && ['http:', 'https:'].includes(to.protocol) ? to : undefined;
}
