import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Credentials, issueCredentials } from '../credentials/session.ts';
import type { MetadataConfiguration, MetadataInstance } from './configuration.ts';
import { MetadataTokens } from './tokens.ts';
import { lookUp, metadataTree } from './tree.ts';

/** How long a role's credentials hold, and how long before their end new ones are given out, in milliseconds. */
const lifetime = 6 * 3600_000;
const renewal = 3600_000;

/**
 * The instance metadata service. Who asks is known by the source address; a request from an address of no instance is
 * cut off. Configurations are replaced in place; tokens and credentials that are out keep holding.
 */
export class MetadataServer implements AsyncDisposable {
  #configuration: MetadataConfiguration;
  #byAddress: ReadonlyMap<string, MetadataInstance>;
  readonly #server: Server;
  readonly #tokens: MetadataTokens;
  readonly #credentials = new Map<string, Credentials>();
  readonly #now: () => number;

  private constructor(configuration: MetadataConfiguration, now: () => number) {
    this.#configuration = configuration;
    this.#byAddress = byAddress(configuration);
    this.#now = now;
    this.#tokens = new MetadataTokens(now);
    this.#server = createServer({ keepAliveTimeout: 5000 }, (request, response) => this.#answer(request, response));
  }

  static async start(configuration: MetadataConfiguration, now: () => number = Date.now): Promise<MetadataServer> {
    const metadata = new MetadataServer(configuration, now);
    metadata.#server.listen(configuration.listen.port, configuration.listen.address);
    await once(metadata.#server, 'listening');
    return metadata;
  }

  /** Where it listens stays as it was at the start. */
  configure(configuration: MetadataConfiguration): void {
    this.#configuration = configuration;
    this.#byAddress = byAddress(configuration);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const instance = this.#byAddress.get(request.socket.remoteAddress ?? '');
    if (!instance) {
      request.socket.destroy();
      return;
    }
    const { status, headers, body } = this.#reply(instance, request);
    response.writeHead(status, { Server: 'EC2ws', 'Content-Type': 'text/plain', ...headers });
    response.end(body);
  }

  #reply(instance: MetadataInstance, request: IncomingMessage): Reply {
    if (!instance.options.enabled) return refusal(403, 'Forbidden');
    const path = decodePath(request.url ?? '/');
    if (path === undefined) return refusal(400, 'Bad Request');
    if (request.method === 'PUT') return this.#giveToken(instance, path, request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Method Not Allowed');
    const token = request.headers['x-aws-ec2-metadata-token'];
    if (
      token === undefined ? instance.options.tokens === 'required' : !this.#tokens.holds(instance.id, String(token))
    ) {
      return refusal(401, 'Unauthorized');
    }
    const text = this.#read(instance, path);
    if (text === undefined) return refusal(404, 'Not Found');
    if (path[1] !== 'user-data') return { status: 200, headers: {}, body: text };
    return {
      status: 200,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: Buffer.from(text, 'latin1'),
    };
  }

  #giveToken(instance: MetadataInstance, path: readonly string[], request: IncomingMessage): Reply {
    if (path.join('/') !== 'latest/api/token') return refusal(404, 'Not Found');
    if (request.headers['x-forwarded-for'] !== undefined) return refusal(403, 'Forbidden');
    const seconds = Number(request.headers['x-aws-ec2-metadata-token-ttl-seconds']);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 21_600) return refusal(400, 'Bad Request');
    return {
      status: 200,
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': String(seconds) },
      body: this.#tokens.issue(instance.id, seconds),
    };
  }

  /** The first part of a path is a version: `latest`, or a date as `2021-07-15`, of which each has the same tree here. */
  #read(instance: MetadataInstance, [version, ...rest]: readonly string[]): string | undefined {
    if (version === undefined || version === '') return '1.0\n2021-07-15\nlatest';
    if (version !== 'latest' && version !== '1.0' && !/^20\d\d-\d\d-\d\d$/.test(version)) return undefined;
    return lookUp(
      metadataTree(instance, this.#configuration, (role) => this.#credentialsOf(instance, role)),
      rest,
    );
  }

  #credentialsOf(instance: MetadataInstance, role: string): Credentials {
    const key = `${instance.id} ${role}`;
    const held = this.#credentials.get(key);
    if (held && held.session.expires - this.#now() > renewal) return held;
    const fresh = issueCredentials(this.#configuration.sealingKey, role, instance.id, this.#now() + lifetime);
    this.#credentials.set(key, fresh);
    return fresh;
  }
}

function byAddress({ instances }: MetadataConfiguration): Map<string, MetadataInstance> {
  return new Map(
    instances.flatMap((instance) =>
      instance.interfaces.flatMap((each) => each.addresses.map((address) => [address, instance] as const)),
    ),
  );
}

function decodePath(url: string): string[] | undefined {
  try {
    const { pathname } = new URL(url, 'http://169.254.169.254');
    return pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

function refusal(status: number, text: string): Reply {
  return { status, headers: {}, body: `${status} - ${text}\n` };
}
