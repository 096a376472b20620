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

/**
 * Asks until the answer is a success, and resolves to its status; to the last status seen, or `null` for none, when `signal` ends the waiting.
 */
export async function firstAnswer(
  url: string,
  signal: AbortSignal,
): Promise<{ answered: boolean; status: number | null }> {
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
