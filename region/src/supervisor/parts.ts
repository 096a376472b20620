import { join } from 'node:path';
import type { Words } from '@terrace/cloud/words';
import type { PartAnswer } from '../answering/part-watch.ts';
import type { Authority, ServerCertificate } from '../authority/authority.ts';
import type { UserDataResult } from '../compute/cloud-init/boot.ts';
import { Compute } from '../compute/compute.ts';
import { newSealingKey } from '../credentials/session.ts';
import type { DatabaseEvent } from '../database/configuration.ts';
import type { DriftEvent } from '../drift/drift-record.ts';
import { GroundMounts } from '../drift/ground-mounts.ts';
import { mendNetworkNodes } from '../drift/network-node-mending.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import { existingToolkit } from '../host/toolkit.ts';
import { failed, type Incident } from '../incident.ts';
import { Ingress } from '../ingress/ingress.ts';
import type { SecretStore } from '../secrets/store.ts';
import { cacheDirectory, groundOf, scratch } from './ground.ts';
import { AccessLogKeeper } from './keepers/access-log-keeper.ts';
import { BalancerKeeper } from './keepers/balancer-keeper.ts';
import { DatabaseKeeper } from './keepers/database-keeper.ts';
import { DriftKeeper } from './keepers/drift-keeper.ts';
import { EndpointsKeeper } from './keepers/endpoints-keeper.ts';
import { FabricKeeper } from './keepers/fabric-keeper.ts';
import { InstanceKeeper } from './keepers/instance-keeper.ts';
import { listenerCertificates } from './keepers/listener-certificates.ts';
import { NamesKeeper } from './keepers/names-keeper.ts';
import { VpcServicesKeeper } from './keepers/vpc-services-keeper.ts';

/** What the parts tell the region of. */
interface Told {
  incident(incident: Incident): void;
  /** Others have changed what the kernel holds. */
  drift(event: DriftEvent): void;
  /** It is time to mend that, in turn with changes. */
  mendingDue(): void;
  /** A part that was started again too often has been given up. */
  ended(error: Error): void;
  database(event: DatabaseEvent): void;
  endpoint(event: EndpointEvent): void;
  /** @param instance its name, as `web/0` */
  booted(instance: string, result: UserDataResult): void;
  /** An instance stopped by itself. */
  stopped(id: string, reason: Words): void;
  /** An instance fails its status check. */
  impaired(id: string, reason: Words): void;
}

/** What a region is made of, each part with who keeps it as the outline asks. They end together. */
export class Parts implements AsyncDisposable {
  readonly drift: DriftKeeper;
  readonly fabric: FabricKeeper;
  readonly ingress: Ingress;
  readonly accessLogs: AccessLogKeeper;
  readonly balancers: BalancerKeeper;
  readonly databases: DatabaseKeeper;
  readonly names: NamesKeeper;
  readonly secrets: SecretStore;
  readonly #stateDirectory: string;
  readonly #authority: Authority;
  readonly #told: Told;
  #compute: { readonly compute: Compute; readonly instances: InstanceKeeper } | null = null;

  constructor({
    stateDirectory,
    authority,
    secrets,
    told,
  }: {
    readonly stateDirectory: string;
    readonly authority: Authority;
    readonly secrets: SecretStore;
    readonly told: Told;
  }) {
    const sealingKey = newSealingKey();
    const on = { incident: told.incident, ended: told.ended };
    this.#stateDirectory = stateDirectory;
    this.#authority = authority;
    this.#told = told;
    this.secrets = secrets;
    this.ingress = new Ingress(scratch, stateDirectory, told.incident);
    this.accessLogs = new AccessLogKeeper(join(stateDirectory, 'objects'), told.incident);
    this.balancers = new BalancerKeeper({
      folder: join(scratch, 'balancers'),
      certificates: (view, inventory) =>
        listenerCertificates(view, inventory, authority, join(scratch, 'balancers/certificates')),
      accessLogs: this.accessLogs,
      on: told.incident,
    });
    const usr = join(scratch, 'usr');
    this.drift = new DriftKeeper(
      {
        mounts: new GroundMounts({ toolkit: existingToolkit(), usr, scratch }, () => this.#disks()),
        others: [mendNetworkNodes(() => this.balancers.networkNodes)],
      },
      { event: told.drift, due: told.mendingDue, incident: told.incident },
    );
    this.fabric = new FabricKeeper(this.drift);
    this.databases = new DatabaseKeeper({ stateDirectory, cacheDirectory, authority, secrets, event: told.database });
    this.names = new NamesKeeper(
      new VpcServicesKeeper(sealingKey, on),
      new EndpointsKeeper({ stateDirectory, authority, sealingKey, event: told.endpoint, ...on }),
      () => this.databases.failedOver(),
    );
  }

  issueSigner(name: string): Promise<ServerCertificate> {
    return this.#authority.issueSigner(name);
  }

  /** `null` until something was made for instances to stand on. */
  get instances(): InstanceKeeper | null {
    return this.#compute?.instances ?? null;
  }

  /** Makes what instances stand on, the first time. */
  async openCompute(region: string): Promise<InstanceKeeper> {
    if (this.#compute) return this.#compute.instances;
    const compute = await Compute.open(groundOf(this.#stateDirectory, region), this.#told.incident);
    if (compute.users.kind === 'host')
      this.#told.incident(
        failed("users of instances: their root is the host's, with fewer rights", compute.users.reason),
      );
    const instances = new InstanceKeeper(compute, this.#told);
    this.#compute = { compute, instances };
    return instances;
  }

  /** Asks every process now that the region itself runs, but the databases' servers. */
  async answers(): Promise<PartAnswer[]> {
    const instances = this.#compute?.compute.answers() ?? [];
    const all = [this.ingress.answers(), this.balancers.answers(), this.names.answers(), instances];
    return (await Promise.all(all)).flat();
  }

  #disks(): string[] {
    const running = (this.#compute?.compute.instances() ?? []).filter(({ state }) => state === 'running');
    return running.map(({ id }) => join(scratch, 'compute/instances', id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drift.stop();
    await this.ingress[Symbol.asyncDispose]();
    await this.#compute?.compute[Symbol.asyncDispose]();
    await Promise.all([
      this.balancers[Symbol.asyncDispose](),
      this.databases[Symbol.asyncDispose](),
      this.names[Symbol.asyncDispose](),
    ]);
  }
}
