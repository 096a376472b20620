import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../../keeping/damaged-state.ts';
import { writeWhole } from '../../keeping/write-whole.ts';
import type { Message } from './message.ts';

/** The messages of one queue: in memory, and each in a file of its own, so that they outlive the region. */
export class MessageStore {
  readonly #directory: string;
  readonly #messages: Map<string, Message>;
  readonly #waiting = new Set<() => void>();

  private constructor(directory: string, messages: readonly Message[]) {
    this.#directory = directory;
    this.#messages = new Map(messages.map((each) => [each.id, each]));
  }

  /** @param directory the folder of all queues @param arn of this one */
  static async open(directory: string, arn: string): Promise<MessageStore> {
    const own = join(directory, createHash('sha256').update(arn).digest('hex').slice(0, 32));
    await mkdir(own, { recursive: true, mode: 0o700 });
    const files = (await readdir(own)).filter((name) => name.endsWith('.json'));
    const read = await Promise.all(files.map((name) => readKeptJson(join(own, name), isWhole, removed)));
    return new MessageStore(
      own,
      read.filter((each) => each !== undefined).sort((one, other) => one.sent - other.sent),
    );
  }

  /** In the order in which they were added. */
  all(): Message[] {
    return [...this.#messages.values()];
  }

  /** A message is in the queue when it is on the disk. */
  async add(message: Message): Promise<void> {
    await this.#write(message);
    this.#messages.set(message.id, message);
    for (const arrived of [...this.#waiting]) arrived();
  }

  /** A change counts at once: no two receivers get one message. */
  change(message: Message): Promise<void> {
    this.#messages.set(message.id, message);
    return this.#write(message);
  }

  async remove(id: string): Promise<void> {
    this.#messages.delete(id);
    await rm(this.#file(id), { force: true });
  }

  /** Resolves when a message is added, or after this time. */
  async arrival(milliseconds: number): Promise<void> {
    await new Promise<void>((done) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        done();
      };
      const timer = setTimeout(end, milliseconds);
      this.#waiting.add(end);
    });
  }

  #write(message: Message): Promise<void> {
    return writeWhole(this.#file(message.id), JSON.stringify(message));
  }

  #file(id: string): string {
    return join(this.#directory, `${id}.json`);
  }
}

function isWhole({ id, body, sent }: Message): boolean {
  return typeof id === 'string' && typeof body === 'string' && typeof sent === 'number';
}

const removed = words('the message in it is lost', '그 메시지는 사라집니다.');

/** Names a message and the receive that gave it out. */
export function newReceipt(id: string): string {
  return Buffer.from(`${id} ${randomUUID()}`).toString('base64');
}

/** The message that a receipt names; `undefined` for what is no receipt. */
export function messageOf(receipt: string): string | undefined {
  return /^([0-9a-f-]{36}) [0-9a-f-]{36}$/.exec(Buffer.from(receipt, 'base64').toString())?.[1];
}
