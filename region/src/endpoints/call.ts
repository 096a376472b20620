import type { Readable } from 'node:stream';
import type { Session } from '../credentials/session.ts';
import type { EndpointEvent, EndpointsConfiguration } from './configuration.ts';
import type { Protocol } from './protocol.ts';

/** A request to one of AWS's services, its signature checked. */
export interface Call {
  readonly service: string;
  readonly session: Session;
  readonly configuration: EndpointsConfiguration;
  /** Throws AWS's AccessDenied unless the role's policies allow it. */
  authorize(
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<void>;
  /** The same, as an answer. */
  allows(
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<boolean>;
  emit(event: EndpointEvent): void;
}

/** What goes back. A string or a stream; headers are added to the usual ones. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
}

/** One action of a service: from its parsed input to its output, as plain values in AWS's words. */
export type Action = (input: Readonly<Record<string, unknown>>, call: Call) => Promise<unknown> | unknown;

/** A service that is called by action names: everything that is not here is refused by name. */
export interface ActionService {
  /** As requests for it are signed, and the prefix of its actions in policies. */
  readonly name: string;
  readonly actions: Readonly<Record<string, Action>>;
  /** The protocols that its answers are written for; all where it does not say. */
  readonly protocols?: readonly Protocol[];
}

/** A service that a family brings along: the endpoints' process opens it once, and it keeps its state in a folder of its own. */
export interface FamilyService {
  readonly name: string;
  open(directory: string): OpenService;
}

export interface OpenService extends ActionService {
  /** @param settings of the family, as the supervisor compiled them from the inventory */
  configure(settings: unknown): Promise<void> | void;
}
