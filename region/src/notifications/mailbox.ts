import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from '../keeping/private-folder.ts';
import { writeWhole } from '../keeping/write-whole.ts';
import { Turns } from '../turns.ts';

/** A mail that the region has sent: no one receives it but the mailbox. */
export interface Mail {
  /** From 1 on, in the order in which they were sent. */
  readonly number: number;
  /** ISO 8601, by the region's clock. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** ARN of the topic. */
  readonly topic: string;
}

/** As many mails are kept. */
const most = 1_000;
const folder = 'mail';
const named = /^(\d{8})\.json$/;

/** Mails in a region's state: a folder for its owner alone, with a file for each mail. They stay when the region ends. */
export class Mailbox {
  readonly #directory: string;
  readonly #turns = new Turns();
  #numbers: number[];

  constructor(stateDirectory: string) {
    this.#directory = join(stateDirectory, folder);
    makePrivateFolder(this.#directory);
    this.#numbers = numbersIn(this.#directory);
  }

  /** @throws where the disk does not take it */
  add(mail: Omit<Mail, 'number'>): Promise<void> {
    return this.#turns.take(async () => {
      const number = (this.#numbers.at(-1) ?? 0) + 1;
      await writeWhole(join(this.#directory, nameOf(number)), `${JSON.stringify({ number, ...mail }, null, 1)}\n`);
      this.#numbers.push(number);
      for (const old of this.#numbers.splice(0, Math.max(0, this.#numbers.length - most))) {
        await rm(join(this.#directory, nameOf(old)), { force: true });
      }
    });
  }
}

/** The mails in a region's state, the latest last; whether the region runs or not. A file that is no mail is passed over. */
export function readMails(stateDirectory: string): Mail[] {
  const directory = join(stateDirectory, folder);
  return numbersIn(directory).flatMap((number) => {
    try {
      return [JSON.parse(readFileSync(join(directory, nameOf(number)), 'utf8')) as Mail];
    } catch {
      return [];
    }
  });
}

function nameOf(number: number): string {
  return `${String(number).padStart(8, '0')}.json`;
}

function numbersIn(directory: string): number[] {
  try {
    const names = readdirSync(directory);
    return names.flatMap((each) => Number(named.exec(each)?.[1] ?? Number.NaN) || []).sort((one, other) => one - other);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
