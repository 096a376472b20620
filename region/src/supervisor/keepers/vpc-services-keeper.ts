import type { PartAnswer } from '../../answering/part-watch.ts';
import { routerNamespace } from '../../fabric/names.ts';
import { builtScript } from '../../host/built.ts';
import type { Incident } from '../../incident.ts';
import type { Outline } from '../../outline.ts';
import type { Standing } from '../../resolver/compile.ts';
import { type VpcServicesConfiguration, vpcServices } from '../../vpc-services/configuration.ts';
import { Service } from './service.ts';

/** The resolver and the instance metadata of each VPC, a process each, inside its router. */
export class VpcServicesKeeper implements AsyncDisposable {
  readonly #running = new Map<string, Service<VpcServicesConfiguration>>();
  readonly #sealingKey: string;
  readonly #on: { incident(incident: Incident): void; ended(error: Error): void };

  constructor(sealingKey: string, on: { incident(incident: Incident): void; ended(error: Error): void }) {
    this.#sealingKey = sealingKey;
    this.#on = on;
  }

  /** Ends those of VPCs that go, before their routers do. */
  async retire({ network }: Outline): Promise<void> {
    for (const [vpc, service] of this.#running) {
      if (network.vpcs.some((each) => each.id === vpc)) continue;
      this.#running.delete(vpc);
      await service[Symbol.asyncDispose]();
    }
  }

  async apply(outline: Outline, standing: Standing): Promise<void> {
    await Promise.all(
      outline.network.vpcs.map(({ id }) => {
        const service = this.#running.get(id) ?? this.#start(id);
        return service.configure(vpcServices(id, outline, { sealingKey: this.#sealingKey, standing }));
      }),
    );
  }

  /** Asks each of them now. */
  answers(): Promise<PartAnswer[]> {
    return Promise.all([...this.#running.values()].map((each) => each.answers()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map((each) => each[Symbol.asyncDispose]()));
  }

  #start(vpc: string): Service<VpcServicesConfiguration> {
    const service = new Service<VpcServicesConfiguration>(
      `services of ${vpc}`,
      routerNamespace(vpc),
      builtScript(import.meta.url, '../../vpc-services/process.js'),
      this.#on,
    );
    this.#running.set(vpc, service);
    return service;
  }
}
