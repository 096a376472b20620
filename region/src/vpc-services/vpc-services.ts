import { MetadataServer } from '../metadata/server.ts';
import { Resolver } from '../resolver/server.ts';
import type { Configurable } from '../service-process.ts';
import type { VpcServicesConfiguration } from './configuration.ts';

/** Resolver and metadata of one VPC under one roof. */
export class VpcServices implements Configurable<VpcServicesConfiguration> {
  readonly resolver: Resolver;
  readonly metadata: MetadataServer;

  private constructor(resolver: Resolver, metadata: MetadataServer) {
    this.resolver = resolver;
    this.metadata = metadata;
  }

  static async start(configuration: VpcServicesConfiguration): Promise<VpcServices> {
    const resolver = await Resolver.start(configuration.resolver);
    try {
      return new VpcServices(resolver, await MetadataServer.start(configuration.metadata));
    } catch (error) {
      await resolver[Symbol.asyncDispose]();
      throw error;
    }
  }

  async configure(configuration: VpcServicesConfiguration): Promise<void> {
    this.metadata.configure(configuration.metadata);
    await this.resolver.configure(configuration.resolver);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.resolver[Symbol.asyncDispose](), this.metadata[Symbol.asyncDispose]()]);
  }
}
