import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { packageMirror } from '@terrace/cloud/views/names/service-names';
import { Resolver } from '../resolver/server.ts';
import type { Configurable } from '../service-process.ts';
import type { FamilyService, OpenService } from './call.ts';
import type {
  Authorize,
  AuthorizerFactory,
  EndpointEvent,
  EndpointListener,
  EndpointsConfiguration,
} from './configuration.ts';
import { listenElsewhere } from './listen-elsewhere.ts';
import { ObjectStorage } from './objects/storage.ts';
import { answerRequest } from './server.ts';

/** AWS's endpoints of a region: HTTPS on every listener, and names for whoever is in the internet. */
export class Endpoints implements Configurable<EndpointsConfiguration> {
  #configuration: EndpointsConfiguration;
  #authorize: Authorize = refuseEverything;
  readonly #emit: (event: EndpointEvent) => void;
  readonly #objects: ObjectStorage;
  readonly #services: readonly OpenService[];
  #resolver: Resolver | undefined;
  /** One HTTPS server for what can be called at an address, and the VPC endpoint that it is. */
  readonly #servers = new Map<string, HttpsServer>();
  readonly #listening = new Map<string, Server>();

  private constructor(
    configuration: EndpointsConfiguration,
    emit: (event: EndpointEvent) => void,
    services: readonly FamilyService[],
  ) {
    this.#configuration = configuration;
    this.#services = services.map((each) => each.open(join(configuration.familiesDirectory, each.name)));
    this.#emit = emit;
    this.#objects = new ObjectStorage(configuration.buckets);
  }

  static async start(
    configuration: EndpointsConfiguration,
    emit: (event: EndpointEvent) => void = () => {},
    services: readonly FamilyService[] = [],
  ): Promise<Endpoints> {
    const endpoints = new Endpoints(configuration, emit, services);
    try {
      await endpoints.configure(configuration);
      return endpoints;
    } catch (error) {
      await endpoints[Symbol.asyncDispose]();
      throw error;
    }
  }

  async configure(configuration: EndpointsConfiguration): Promise<void> {
    this.#authorize = await loadAuthorizer(configuration);
    this.#configuration = configuration;
    this.#objects.configure(configuration.buckets);
    for (const service of this.#services) await service.configure(configuration.familySettings[service.name]);
    const { certificate, key } = configuration.certificate;
    for (const server of this.#servers.values()) server.setSecureContext({ cert: certificate, key });
    await this.#configureListeners(configuration.listen);
    await this.#configureResolver(configuration);
  }

  /** Ports by listener address, as the system chose them where 0 was asked for. */
  get ports(): readonly number[] {
    return [...this.#listening.values()].map((server) => (server.address() as AddressInfo).port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers.values()) server.closeAllConnections();
    await Promise.all([...this.#listening.values()].map(closed));
    await this.#resolver?.[Symbol.asyncDispose]();
  }

  async #configureListeners(wanted: readonly EndpointListener[]): Promise<void> {
    const named = new Map(
      wanted.map((each) => [
        JSON.stringify([each.networkNamespace, each.address, each.port, each.services, each.endpoint?.id]),
        each,
      ]),
    );
    for (const [name, server] of this.#listening) {
      if (named.has(name)) continue;
      this.#listening.delete(name);
      server.close();
    }
    await Promise.all(
      [...named].map(async ([name, listener]) => {
        if (!this.#listening.has(name)) this.#listening.set(name, await this.#listen(listener));
      }),
    );
  }

  async #listen(listener: EndpointListener): Promise<Server> {
    const https = listener.services.includes(packageMirror) ? mirror() : this.#serverFor(listener);
    const { networkNamespace, address, port } = listener;
    const server = networkNamespace === null ? createServer() : await listenElsewhere(networkNamespace, address, port);
    server.on('connection', (socket) => https.emit('connection', socket));
    if (networkNamespace !== null) return server;
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(port, address, () => done());
    });
    return server;
  }

  #serverFor({ endpoint, services }: EndpointListener): HttpsServer {
    const name = serverName(endpoint?.id, services);
    const known = this.#servers.get(name);
    if (known) return known;
    const { certificate, key } = this.#configuration.certificate;
    const server = createHttpsServer({ cert: certificate, key, keepAliveTimeout: 20_000 }, (request, response) => {
      // The policy may have changed since the listener was made.
      const current =
        this.#configuration.listen.find((each) => each.endpoint?.id === endpoint?.id)?.endpoint ?? endpoint;
      void answerRequest(request, response, {
        endpoint: current,
        services,
        familyServices: this.#services,
        configuration: this.#configuration,
        authorize: this.#authorize,
        objects: this.#objects,
        emit: this.#emit,
      });
    });
    server.on('tlsClientError', () => {});
    this.#servers.set(name, server);
    return server;
  }

  async #configureResolver({ resolver }: EndpointsConfiguration): Promise<void> {
    if (resolver && this.#resolver) await this.#resolver.configure(resolver);
    else if (resolver) this.#resolver = await Resolver.start(resolver);
    else {
      await this.#resolver?.[Symbol.asyncDispose]();
      this.#resolver = undefined;
    }
  }
}

async function loadAuthorizer({ authorization }: EndpointsConfiguration): Promise<Authorize> {
  if (authorization.module === null) return refuseEverything;
  const { authorizer } = (await import(authorization.module)) as { authorizer: AuthorizerFactory };
  return authorizer(authorization.identity);
}

const refuseEverything: Authorize = () => ({ allowed: false, explicit: false });

function serverName(endpoint: string | undefined, services: readonly string[]): string {
  return [endpoint, ...services].join(' ');
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}

/** A mirror of a distribution's packages: it is there to be connected to, and has no files. */
function mirror(): HttpServer {
  return createHttpServer((_, response) =>
    response.writeHead(404, { 'content-type': 'text/plain' }).end('no packages here\n'),
  );
}
