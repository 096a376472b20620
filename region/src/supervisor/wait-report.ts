import { type Words, words } from '@terrace/cloud/words';
import type { CreationWatch } from './creation-watch.ts';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';

/** Milliseconds between two reports of what is waited for. */
const every = 5_000;
/** So many instances are named in a report. */
const mostNamed = 3;

/**
 * Says every five seconds what a change waits for: signals, and first boots with the last line that each wrote.
 *
 * @param timeout milliseconds after which the wait ends; `null` for as long as AWS would wait
 */
export function reportWaits(
  creation: Pick<CreationWatch, 'waitedFor' | 'giveUp'>,
  instances: Pick<InstanceKeeper, 'booting'>,
  { timeout, tell }: { readonly timeout: number | null; tell(text: Words): void },
): Disposable {
  const report = setInterval(async () => {
    const text = await waits(creation, instances).catch(() => null); // what cannot be read of a journal is no reason to stop
    if (text) tell(text);
  }, every);
  const end = timeout === null ? undefined : setTimeout(() => creation.giveUp(Math.round(timeout / 1000)), timeout);
  return {
    [Symbol.dispose]() {
      clearInterval(report);
      clearTimeout(end);
    },
  };
}

/** `null` where nothing is waited for that could be named. */
export async function waits(
  creation: Pick<CreationWatch, 'waitedFor'>,
  { booting }: Pick<InstanceKeeper, 'booting'>,
): Promise<Words | null> {
  const boots = await Promise.all(
    booting.slice(0, mostNamed).map(async ({ name, instance }) => {
      const [last] = await instance.journal.read({ unit: 'cloud-final.service', last: 1 });
      const line = last ? `: ${last.text.slice(0, 120)}` : '';
      return words(`${name} boots${line}`, `${name} 부팅 중${line}`);
    }),
  );
  const more = booting.length - boots.length;
  const all = [
    ...creation.waitedFor(),
    ...boots,
    ...(more > 0 ? [words(`${more} more instances boot`, `그 밖에 인스턴스 ${more}개 부팅 중`)] : []),
  ];
  if (all.length === 0) return null;
  return words(
    `waiting for ${all.map(({ en }) => en).join('; ')}`,
    `기다리는 중: ${all.map(({ ko }) => ko).join('; ')}`,
  );
}
