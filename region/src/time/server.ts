import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { answer } from './answer.ts';

/** AWS's time service by NTP, at 169.254.169.123 in a region. */
export class TimeServer implements AsyncDisposable {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Listening when it resolves. Fails with the system's error where the address or the port cannot be had. */
  static async start(listen: { readonly address: string; readonly port: number }): Promise<TimeServer> {
    const socket = createSocket('udp4', (question, from) => {
      const said = answer(question, Date.now());
      if (said) socket.send(said, from.port, from.address, () => {});
    });
    socket.bind(listen.port, listen.address);
    await once(socket, 'listening');
    socket.on('error', () => {});
    return new TimeServer(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((done) => this.#socket.close(() => done()));
  }
}
