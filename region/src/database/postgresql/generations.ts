import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure, type Result, success } from '@terrace/cloud/mistake';
import type { DatabaseConfiguration } from '../configuration.ts';
import { Backups, type RestorableTimes } from './backups.ts';
import { notRestorable, recoverToPointInTime } from './restore.ts';

/**
 * RDS restores into a new instance, and whoever wants to go on with it gives it the old one's name, which is then called
 * otherwise. The same here by folders: the instance's own, and beside it those that bore its name before, with their backups.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html
 */
interface Generation extends RestorableTimes {
  readonly directory: string;
}

/** The generations that something can be restored from, the present one first and then the newest. */
export async function restorableGenerations(directory: string): Promise<Generation[]> {
  const prefix = `${basename(directory)}${before}`;
  const siblings = (await readdir(dirname(directory)).catch(() => [])).filter((name) => name.startsWith(prefix));
  const newestFirst = siblings.sort().reverse();
  const found = await Promise.all(
    [directory, ...newestFirst.map((name) => join(dirname(directory), name))].map(async (each) => {
      const times = await new Backups(each).restorable();
      return times ? [{ directory: each, ...times }] : [];
    }),
  );
  return found.flat();
}

interface Recovered {
  /** Milliseconds since 1970. */
  readonly moment: number;
  /** Where the data waits for taking the instance's place. */
  readonly directory: string;
}

/**
 * Recovers the data of a moment beside the instance, which may run on: of the present instance's backups or, for a moment before it
 * was restored itself, of those of the one that lived then.
 */
export async function recoverBeside(
  configuration: DatabaseConfiguration,
  moment: number | 'latest',
): Promise<Result<Recovered>> {
  const generations = await restorableGenerations(configuration.directory);
  const source = generations.find(
    ({ earliest, latest }) => moment === 'latest' || (earliest <= moment && moment <= latest),
  );
  if (!source) return failure([notRestorable(configuration.place, moment, generations)]);
  const directory = `${configuration.directory}.restored`;
  // What a restore that was cut off has left behind.
  await rm(directory, { recursive: true, force: true });
  const recovered = await recoverToPointInTime(source.directory, moment, { ...configuration, directory });
  return recovered.ok ? success({ moment: recovered.value, directory }) : recovered;
}

/** Gives an instance's folder to what was recovered; resolves to how that is undone. Nothing of either may be running. */
export async function takePlace(
  { directory }: DatabaseConfiguration,
  recovered: Recovered,
): Promise<() => Promise<void>> {
  const former = `${directory}${before}${Date.now()}`;
  await rename(directory, former);
  await rename(recovered.directory, directory);
  return async () => {
    await rename(directory, recovered.directory);
    await rename(former, directory);
  };
}

const before = '.before-';
