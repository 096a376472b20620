import { run } from '../host/run.ts';
import { hopLimits } from '../metadata/hop-limit.ts';
import { MetadataServer } from '../metadata/server.ts';
import { Resolver } from '../resolver/server.ts';
import type { Configurable } from '../service-process.ts';
import { TimeServer } from '../time/server.ts';
import type { VpcServicesConfiguration } from './configuration.ts';

/** Resolver, metadata and time of one VPC under one roof: inside its router, whose nftables say how far metadata's answers go. */
export class VpcServices implements Configurable<VpcServicesConfiguration> {
  readonly resolver: Resolver;
  readonly metadata: MetadataServer;
  readonly time: TimeServer;

  private constructor(resolver: Resolver, metadata: MetadataServer, time: TimeServer) {
    this.resolver = resolver;
    this.metadata = metadata;
    this.time = time;
  }

  static async start(configuration: VpcServicesConfiguration): Promise<VpcServices> {
    await run('nft', ['--file', '-'], hopLimits(configuration.metadata));
    const started: AsyncDisposable[] = [];
    const begin = async <T extends AsyncDisposable>(part: Promise<T>): Promise<T> => {
      started.push(await part);
      return part;
    };
    try {
      return new VpcServices(
        await begin(Resolver.start(configuration.resolver)),
        await begin(MetadataServer.start(configuration.metadata)),
        await begin(TimeServer.start(configuration.time.listen)),
      );
    } catch (error) {
      await Promise.all(started.map((each) => each[Symbol.asyncDispose]()));
      throw error;
    }
  }

  async configure(configuration: VpcServicesConfiguration): Promise<void> {
    await run('nft', ['--file', '-'], hopLimits(configuration.metadata));
    this.metadata.configure(configuration.metadata);
    await this.resolver.configure(configuration.resolver);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.resolver, this.metadata, this.time].map((each) => each[Symbol.asyncDispose]()));
  }
}
