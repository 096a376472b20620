import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Address, holdsAddress, type Prefix, parseAddress, parsePrefix } from '@terrace/cloud/address';
import * as packet from 'dns-packet';
import { answer } from './answer.ts';
import type { Listener, ResolverConfiguration } from './configuration.ts';

/**
 * A DNS server over UDP and TCP. Its configuration is replaced in place: a question under way is answered
 * by the one or the other, and none is lost.
 */
export class Resolver implements AsyncDisposable {
  #configuration: ResolverConfiguration;
  #clients: readonly Prefix[] | null = null;
  readonly #open = new Map<string, OpenListener>();

  private constructor(configuration: ResolverConfiguration) {
    this.#configuration = configuration;
  }

  /** Listening when it resolves. Fails with the system's error where an address or a port cannot be had. */
  static async start(configuration: ResolverConfiguration): Promise<Resolver> {
    const resolver = new Resolver(configuration);
    try {
      await resolver.configure(configuration);
      return resolver;
    } catch (error) {
      await resolver[Symbol.asyncDispose]();
      throw error;
    }
  }

  async configure(configuration: ResolverConfiguration): Promise<void> {
    this.#clients = configuration.clients?.map((text) => parsePrefix(text)!) ?? null;
    this.#configuration = configuration;
    const wanted = new Map(configuration.listen.map((each) => [`${each.address}:${each.port}`, each]));
    for (const [key, open] of this.#open) {
      if (wanted.has(key)) continue;
      this.#open.delete(key);
      await open.close();
    }
    for (const [key, listener] of wanted) {
      if (!this.#open.has(key)) this.#open.set(key, await this.#listen(listener));
    }
  }

  /** Where it listens; with the port that the system chose where 0 was asked for. */
  get listening(): readonly Listener[] {
    return [...this.#open.values()].map((open) => open.at);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.values()].map((open) => open.close()));
    this.#open.clear();
  }

  async #listen({ address, port }: Listener, attempts = 5): Promise<OpenListener> {
    const tcp = createServer((socket) => this.#serveStream(socket));
    tcp.listen(port, address);
    await once(tcp, 'listening');
    const chosen = (tcp.address() as { port: number }).port;
    const udp = createSocket('udp4', (message, from) => this.#serveDatagram(udp, message, from));
    udp.bind(chosen, address);
    try {
      await once(udp, 'listening');
    } catch (error) {
      tcp.close();
      udp.close();
      // Of a number that the system chose for TCP somebody may have the one for UDP.
      if (port === 0 && attempts > 1) return this.#listen({ address, port }, attempts - 1);
      throw error;
    }
    udp.on('error', () => {});
    return { at: { address, port: chosen }, close: () => close(udp, tcp) };
  }

  #serveDatagram(socket: UdpSocket, message: Buffer, from: RemoteInfo): void {
    const reply = this.#reply(message, from.address);
    if (!reply) return;
    const room = Math.min(Math.max(reply.udpPayloadSize, 512), 4096);
    const full = packet.encode(reply.packet);
    const sent =
      full.length <= room
        ? full
        : packet.encode({
            ...reply.packet,
            flags: TRUNCATED | (reply.packet.flags ?? 0),
            answers: [],
            authorities: [],
          });
    socket.send(sent, from.port, from.address, () => {});
  }

  #serveStream(socket: Socket): void {
    let pending = Buffer.alloc(0);
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        const reply = this.#reply(pending.subarray(2, end), socket.remoteAddress ?? '');
        pending = pending.subarray(end);
        if (!reply) {
          socket.destroy();
          return;
        }
        const body = packet.encode(reply.packet);
        const head = Buffer.alloc(2);
        head.writeUInt16BE(body.length);
        socket.write(Buffer.concat([head, body]));
      }
    });
  }

  /** `undefined` where silence is the answer: not a question, or not from a client. */
  #reply(message: Buffer, from: string): { packet: packet.Packet; udpPayloadSize: number } | undefined {
    if (!this.#answers(from)) return undefined;
    let asked: packet.DecodedPacket;
    try {
      asked = packet.decode(message);
    } catch {
      return undefined;
    }
    if (asked.type !== 'query') return undefined;
    const extended = asked.additionals?.find((each) => each.type === 'OPT');
    const udpPayloadSize = extended?.type === 'OPT' ? extended.udpPayloadSize : 512;
    const question = asked.questions?.[0];
    const said = question ? answer(this.#configuration, question) : undefined;
    const code = said ? codes[said.outcome] : FORMAT_ERROR;
    return {
      udpPayloadSize,
      packet: {
        type: 'response',
        id: asked.id ?? 0,
        flags: packet.RECURSION_AVAILABLE | ((asked.flags ?? 0) & packet.RECURSION_DESIRED) | code,
        questions: question ? [question] : [],
        answers: [...(said?.answers ?? [])],
        authorities: [...(said?.authorities ?? [])],
        additionals: extended
          ? [
              {
                type: 'OPT',
                name: '.',
                udpPayloadSize: 4096,
                extendedRcode: 0,
                ednsVersion: 0,
                flags: 0,
                flag_do: false,
                options: [],
              },
            ]
          : [],
      },
    };
  }

  #answers(from: string): boolean {
    if (this.#clients === null) return true;
    const address: Address | undefined = parseAddress(from);
    return address !== undefined && this.#clients.some((range) => holdsAddress(range, address));
  }
}

interface OpenListener {
  readonly at: Listener;
  close(): Promise<void>;
}

const TRUNCATED = packet.TRUNCATED_RESPONSE;
const FORMAT_ERROR = 1;
const codes = { found: 0, 'no-data': 0, 'no-such-name': 3, refused: 5 } as const;

async function close(udp: UdpSocket, tcp: Server): Promise<void> {
  await Promise.all([
    new Promise<void>((done) => udp.close(() => done())),
    new Promise<void>((done) => tcp.close(() => done())),
  ]);
}
