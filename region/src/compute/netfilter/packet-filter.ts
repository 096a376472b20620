import { spawn } from 'node:child_process';
import type { Question } from '../guest.ts';
import { RuleError } from './rule.ts';
import { command, noTables, restore, ruleset, save, type Tables } from './tables.ts';

/**
 * An instance's packet filter and its switch for forwarding. The instance asks for rules; they are checked and loaded into its own network namespace
 * from outside, since its root has no capability for it.
 */
export class PacketFilter {
  readonly #network: string;
  readonly #canForward: boolean;
  #tables = noTables;
  #forwards = false;
  #last: Promise<void> = Promise.resolve();

  /** @param canForward an interface of it has no source and destination check */
  constructor(network: string, canForward: boolean) {
    this.#network = network;
    this.#canForward = canForward;
  }

  /** As at a boot of the kernel: no rules, and nothing is forwarded. */
  async reset(): Promise<void> {
    const isNew = this.#tables === noTables && !this.#forwards;
    if (isNew && !this.#canForward) return;
    await this.#change(() => ({ tables: noTables, forwards: false }), true);
  }

  get canForward(): boolean {
    return this.#canForward;
  }

  async forward(wanted: boolean): Promise<void> {
    if (this.#canForward && wanted !== this.#forwards) await this.#change((tables) => ({ tables, forwards: wanted }));
  }

  save(): string {
    return save(this.#tables);
  }

  /** `iptables`, `iptables-save` and `iptables-restore`, whose text is its last word. Resolves to the exit code. */
  async answer({ name, words, uid, say }: Pick<Question, 'name' | 'words' | 'uid' | 'say'>): Promise<number> {
    const refuse = (text: string, code: number) => {
      say('err', `${name}: ${text}\n`);
      return code;
    };
    if (words[0] === '--version' || words[0] === '-V') {
      say('out', 'iptables v1.8.8 (nf_tables)\n');
      return 0;
    }
    if (uid !== 0) return refuse('Could not fetch rule set generation id: Permission denied (you must be root)', 4);
    try {
      if (name === 'iptables-save') say('out', save(this.#tables));
      else if (name === 'iptables-restore') {
        const noFlush = words.slice(0, -1).some((word) => /^(-n|--noflush)$/.test(word));
        await this.#change((tables, forwards) => ({ tables: restore(tables, words.at(-1) ?? '', noFlush), forwards }));
      } else {
        let printed = '';
        await this.#change((before, forwards) => {
          const { tables, out } = command(before, words);
          printed = out;
          return { tables, forwards };
        });
        say('out', printed);
      }
      return 0;
    } catch (error) {
      if (error instanceof RuleError) return refuse(error.message, error.cause === 1 ? 1 : 2);
      throw error;
    }
  }

  /** One change after another, each of what the one before it left. The kernel takes a ruleset whole or not at all. */
  #change(next: (tables: Tables, forwards: boolean) => { tables: Tables; forwards: boolean }, always = false) {
    const changed = this.#last.then(async () => {
      const { tables, forwards } = next(this.#tables, this.#forwards);
      if (!always && tables === this.#tables && forwards === this.#forwards) return;
      const said = await load(this.#network, ruleset(tables, forwards || !this.#canForward));
      if (said !== null) throw new RuleError(`the kernel takes no such rule: ${said}`, { cause: 1 });
      this.#tables = tables;
      this.#forwards = forwards;
    });
    this.#last = changed.catch(() => undefined);
    return changed;
  }
}

/** `null` where it was loaded, else what nft says. */
function load(network: string, text: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('nsenter', [`--net=${network}`, 'nft', '-f', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
    child.once('close', (code) => resolve(code === 0 ? null : (said.split('\n')[0] ?? '')));
  });
}
