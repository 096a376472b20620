import { join } from 'node:path';
import type { PartAnswer } from '../../answering/part-watch.ts';
import type { Authority } from '../../authority/authority.ts';
import { endpointNames, endpointsConfiguration } from '../../endpoints/compile.ts';
import type { EndpointEvent, EndpointsConfiguration } from '../../endpoints/configuration.ts';
import { namespaceOf } from '../../fabric/compile-interface.ts';
import { internet } from '../../fabric/names.ts';
import { familySettings } from '../../families/registry.ts';
import { builtScript } from '../../host/built.ts';
import type { Incident } from '../../incident.ts';
import { namespaceFile } from '../../namespaces/network-namespace.ts';
import type { Outline } from '../../outline.ts';
import type { Standing } from '../../resolver/compile.ts';
import { Service } from './service.ts';

/** AWS's own endpoints, a process in the region's internet. */
export class EndpointsKeeper implements AsyncDisposable {
  readonly #stateDirectory: string;
  readonly #authority: Authority;
  readonly #sealingKey: string;
  readonly #on: {
    event(event: EndpointEvent): void;
    incident(incident: Incident): void;
    ended(error: Error): void;
  };
  #service: Service<EndpointsConfiguration, EndpointEvent> | null = null;

  constructor(options: {
    readonly stateDirectory: string;
    readonly authority: Authority;
    readonly sealingKey: string;
    readonly event: (event: EndpointEvent) => void;
    readonly incident: (incident: Incident) => void;
    readonly ended: (error: Error) => void;
  }) {
    this.#stateDirectory = options.stateDirectory;
    this.#authority = options.authority;
    this.#sealingKey = options.sealingKey;
    this.#on = { event: options.event, incident: options.incident, ended: options.ended };
  }

  /** @param authorizerModule URL of the module that reads policies and decides */
  async apply(outline: Outline, authorizerModule: string, standing: Standing): Promise<void> {
    const certificate = await this.#authority.issue({ dns: endpointNames(outline.names) });
    this.#service ??= new Service(
      'AWS endpoints',
      internet,
      builtScript(import.meta.url, '../../families/endpoints-process.js'),
      this.#on,
    );
    await this.#service.configure(
      endpointsConfiguration(outline, {
        certificate,
        sealingKey: this.#sealingKey,
        secretsDirectory: join(this.#stateDirectory, 'secrets'),
        objectsDirectory: join(this.#stateDirectory, 'objects'),
        familySettings: familySettings(outline.inventory),
        familiesDirectory: join(this.#stateDirectory, 'families'),
        authorizerModule,
        standing,
        namespaceOf: (each) => namespaceFile(namespaceOf(each)),
      }),
    );
  }

  /** Asks them now. */
  async answers(): Promise<PartAnswer[]> {
    return this.#service ? [await this.#service.answers()] : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
  }
}
