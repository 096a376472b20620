import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatAddress } from '@terrace/cloud/address';
import { formatAddress6 } from '@terrace/cloud/address6';
import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { address6Of, type NetworkInterface } from '@terrace/cloud/views/network';
import type { Mechanism } from '../../src/fabric/inspect.ts';
import { launch } from '../../src/namespaces/launch.ts';
import { type Outline, outline } from '../../src/outline.ts';
import type { TargetSummary } from '../../src/supervisor/summary.ts';
import { buildScript } from '../compute/yard.ts';

/** What an inhabitant can be told. */
export type Question =
  | { readonly kind: 'serve'; readonly port: number; readonly key?: string; readonly certificate?: string }
  | { readonly kind: 'greet' | 'greetUdp'; readonly port: number }
  | { readonly kind: 'health'; readonly status: number }
  | { readonly kind: 'underWay' }
  | {
      readonly kind: 'request';
      readonly url: string;
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly milliseconds?: number;
      readonly serverName?: string;
    }
  | {
      readonly kind: 'open';
      readonly id: string;
      readonly to: string;
      readonly port: number;
      readonly milliseconds?: number;
      readonly greeted?: boolean;
    }
  | { readonly kind: 'say'; readonly id: string; readonly text: string; readonly milliseconds?: number }
  | { readonly kind: 'udp'; readonly to: string; readonly port: number; readonly milliseconds?: number }
  | { readonly kind: 'resolve'; readonly name: string; readonly type: string; readonly resolver: string }
  | { readonly kind: 'time'; readonly server: string }
  | { readonly kind: 'close'; readonly id: string };

type Without<K extends Question['kind']> = Omit<Extract<Question, { kind: K }>, 'kind'>;

/** A request as the server saw it. */
export interface Asked {
  readonly server: string;
  readonly client: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Answer {
  /** 0 where none came. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly asked: Asked | null;
  /** `ECONNRESET`, `timeout` …; `null` where there is a status. */
  readonly error: string | null;
}

/**
 * A template's network and load balancers with somebody in every place that is asked for, who serves and asks as told: what a region is,
 * without instances, resolver and databases, and therefore there in a fraction of a second.
 */
export class InhabitedNetwork implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #number = 0;
  #present: Outline | null = null;
  #inventory: Inventory | null = null;

  /** @param serving ports of those who serve before the load balancers ask for their health for the first time */
  static async open(template: string, serving: Readonly<Record<string, number>> = {}): Promise<InhabitedNetwork> {
    const folder = mkdtempSync(join(tmpdir(), 'terrace-inhabited-'));
    const script = await buildScript('fabric/inhabited-network-process.ts');
    const inhabitant = await buildScript('fabric/inhabitant-process.ts');
    const network = new InhabitedNetwork(folder, script, inhabitant);
    try {
      await network.apply(template, serving);
      return network;
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(folder: string, script: string, inhabitant: string) {
    this.#folder = folder;
    this.#process = launch({
      stateDirectory: folder,
      script,
      words: [folder, inhabitant],
      detached: false,
      channel: true,
    });
    this.#process.once('exit', () => {
      const error = new Error(`the network ended: ${readFileSync(join(folder, 'supervisor.log'), 'utf8')}`);
      for (const each of this.#pending.values()) each.reject(error);
    });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => {
      const answer = JSON.parse(line) as { number?: number; value?: unknown; error?: string };
      const call = answer.number === undefined ? undefined : this.#pending.get(answer.number);
      if (!call) return;
      this.#pending.delete(answer.number!);
      if (answer.error === undefined) call.resolve(answer.value);
      else call.reject(new Error(answer.error));
    });
  }

  /** Makes the network this template's, in place. */
  async apply(template: string, serving: Readonly<Record<string, number>> = {}): Promise<void> {
    const loaded = await loadTexts({ 'case.json': template }, { allocations: this.#inventory?.allocations ?? {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 2));
    this.#inventory = loaded.value;
    this.#present = outline(loaded.value);
    await this.#call('apply', loaded.value, serving);
  }

  interfaces(name: string): NetworkInterface[] {
    const found = this.#present!.network.interfaces.filter(
      (each) => each.name === name || each.name.startsWith(`${name}/`),
    );
    if (found.length === 0) throw new Error(`nobody is called ${name}`);
    return found;
  }

  address(name: string): string {
    return formatAddress(this.interfaces(name)[0]!.addresses[0]!);
  }

  address6(name: string): string {
    const address = address6Of(this.#present!.network, this.interfaces(name)[0]!.id);
    if (address === null) throw new Error(`${name} has no IPv6 address`);
    return formatAddress6(address);
  }

  publicAddress(name: string): string {
    return formatAddress(this.interfaces(name)[0]!.publicAddress!);
  }

  request(from: string, question: Without<'request'>): Promise<Answer> {
    return this.#ask(from, { kind: 'request', ...question }) as Promise<Answer>;
  }

  async serve(at: string, port: number, secure: { key: string; certificate: string } | null = null): Promise<void> {
    await this.#ask(at, { kind: 'serve', port, ...secure });
  }

  async greet(at: string, port: number): Promise<void> {
    await this.#ask(at, { kind: 'greet', port });
  }

  async greetUdp(at: string, port: number): Promise<void> {
    await this.#ask(at, { kind: 'greetUdp', port });
  }

  async health(at: string, status: number): Promise<void> {
    await this.#ask(at, { kind: 'health', status });
  }

  /** How many requests for `/slow/…` it has been asked and not answered yet. */
  underWay(at: string): Promise<number> {
    return this.#ask(at, { kind: 'underWay' }) as Promise<number>;
  }

  openConnection(from: string, question: Without<'open'>): Promise<string> {
    return this.#ask(from, { kind: 'open', ...question }) as Promise<string>;
  }

  say(from: string, question: Without<'say'>): Promise<string> {
    return this.#ask(from, { kind: 'say', ...question }) as Promise<string>;
  }

  udp(from: string, question: Without<'udp'>): Promise<string> {
    return this.#ask(from, { kind: 'udp', ...question }) as Promise<string>;
  }

  /** What the resolver says, in any order: one value or more, `ENOTFOUND`, `ETIMEOUT` … Resolvers are there from the first question on. */
  async resolve(from: string, question: Without<'resolve'>): Promise<readonly string[] | string> {
    await this.#call('resolvers');
    return this.#ask(from, { kind: 'resolve', ...question }) as Promise<readonly string[] | string>;
  }

  /** Milliseconds since 1970, as the server tells by NTP; `null` for silence. */
  async time(from: string, question: Without<'time'>): Promise<number | null> {
    await this.#call('resolvers');
    return this.#ask(from, { kind: 'time', ...question }) as Promise<number | null>;
  }

  /** The name that AWS gives a load balancer, an instance (its public one) or a database. */
  nameOf(called: string): string {
    const { names, network } = this.#present!;
    const instance = network.interfaces.find((each) => each.name === called)?.owner;
    const name =
      names.balancers.find((each) => each.statedBy.endsWith(`/${called}`))?.name ??
      names.instances.find((each) => instance?.kind === 'instance' && each.id === instance.id)?.publicName;
    if (!name) throw new Error(`AWS gives ${called} no name`);
    return name;
  }

  targets(): Promise<TargetSummary[]> {
    return this.#call('targets') as Promise<TargetSummary[]>;
  }

  /** What is found of the load balancers in the kernel and by asking them. */
  balancersInForce(): Promise<Mechanism> {
    return this.#call('balancersInForce') as Promise<Mechanism>;
  }

  issue(names: readonly string[]): Promise<{ key: string; certificate: string }> {
    return this.#call('issue', names) as Promise<{ key: string; certificate: string }>;
  }

  /** A program in the namespace of an interface, or in the one so called. */
  run(where: string, ...words: readonly [string, ...string[]]): Promise<string> {
    return this.#call('run', where, words) as Promise<string>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.stdin?.end();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(who: string, question: Question): Promise<unknown> {
    return this.#call('ask', who, question);
  }

  #call(name: string, ...words: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#number += 1;
      this.#pending.set(this.#number, { resolve, reject });
      this.#process.stdin!.write(`${JSON.stringify({ number: this.#number, name, words })}\n`);
    });
  }
}
