import { hopLimits } from '../metadata/hop-limit.ts';
import { MetadataServer } from '../metadata/server.ts';
import { run } from '../namespaces/programs.ts';
import { Resolver } from '../resolver/server.ts';
import type { Configurable } from '../service-process.ts';
import type { VpcServicesConfiguration } from './configuration.ts';

/** Resolver and metadata of one VPC under one roof: inside its router, whose nftables say how far metadata's answers go. */
export class VpcServices implements Configurable<VpcServicesConfiguration> {
  readonly resolver: Resolver;
  readonly metadata: MetadataServer;

  private constructor(resolver: Resolver, metadata: MetadataServer) {
    this.resolver = resolver;
    this.metadata = metadata;
  }

  static async start(configuration: VpcServicesConfiguration): Promise<VpcServices> {
    await run('nft', ['--file', '-'], hopLimits(configuration.metadata));
    const resolver = await Resolver.start(configuration.resolver);
    try {
      return new VpcServices(resolver, await MetadataServer.start(configuration.metadata));
    } catch (error) {
      await resolver[Symbol.asyncDispose]();
      throw error;
    }
  }

  async configure(configuration: VpcServicesConfiguration): Promise<void> {
    await run('nft', ['--file', '-'], hopLimits(configuration.metadata));
    this.metadata.configure(configuration.metadata);
    await this.resolver.configure(configuration.resolver);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.resolver[Symbol.asyncDispose](), this.metadata[Symbol.asyncDispose]()]);
  }
}
