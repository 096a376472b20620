import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Inventory } from '@terrace/cloud/inventory';

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

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function answerBefore(signal: AbortSignal, url: string): Promise<{ answered: boolean; status: number | null }> {
  let status: number | null = null;
  while (!signal.aborted) {
    status = (await statusOf(url, signal)) ?? status;
    if (status !== null && status >= 200 && status < 400) return { answered: true, status };
    await wait(25, undefined, { signal }).catch(() => undefined);
  }
  return { answered: false, status };
}

function statusOf(url: string, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const asking = get(url, { agent: false, signal, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(null));
  });
}
