import type { PartAnswer } from '../../answering/part-watch.ts';
import type { Outline } from '../../outline.ts';
import type { EndpointsKeeper } from './endpoints-keeper.ts';
import type { VpcServicesKeeper } from './vpc-services-keeper.ts';

/**
 * Whatever says what a name means: resolvers and instance metadata in the VPCs, AWS's own endpoints in the internet. What they say depends on
 * which databases have failed over, and on zones in which no target is healthy.
 */
export class NamesKeeper implements AsyncDisposable {
  readonly #vpcServices: VpcServicesKeeper;
  readonly #endpoints: EndpointsKeeper;
  readonly #failedOver: () => ReadonlySet<string>;
  #emptyZones: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** URL of the module that decides on calls to AWS's endpoints. */
  #authorizer = '';
  /** Whose names are told: in the course of a change it is the new one before the region is. */
  #named: Outline | null = null;

  constructor(
    vpcServices: VpcServicesKeeper,
    endpoints: EndpointsKeeper,
    /** Which databases have, at this moment. */
    failedOver: () => ReadonlySet<string>,
  ) {
    this.#vpcServices = vpcServices;
    this.#endpoints = endpoints;
    this.#failedOver = failedOver;
  }

  async apply(desired: Outline, authorizer = this.#authorizer): Promise<void> {
    this.#named = desired;
    this.#authorizer = authorizer;
    const standing = { failedOver: this.#failedOver(), emptyZones: this.#emptyZones };
    await Promise.all([
      this.#vpcServices.apply(desired, standing),
      this.#endpoints.apply(desired, authorizer, standing),
    ]);
  }

  /** The same names may mean something else by now. */
  async applyAgain(): Promise<void> {
    if (this.#named) await this.apply(this.#named);
  }

  /** @param zones by load balancer, which its name leaves out */
  async leaveOut(zones: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    this.#emptyZones = zones;
    await this.applyAgain();
  }

  /** Ends what stands in VPCs that go. */
  retire(desired: Outline): Promise<void> {
    return this.#vpcServices.retire(desired);
  }

  /** Asks each process now. */
  async answers(): Promise<PartAnswer[]> {
    return (await Promise.all([this.#vpcServices.answers(), this.#endpoints.answers()])).flat();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#vpcServices[Symbol.asyncDispose](), this.#endpoints[Symbol.asyncDispose]()]);
  }
}
