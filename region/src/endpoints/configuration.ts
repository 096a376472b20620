import type { IdentityView } from '@terrace/cloud/views/identity';
import type { Parameter } from '@terrace/cloud/views/secrets';
import type { ServerCertificate } from '../authority/authority.ts';
import type { ResolverConfiguration } from '../resolver/configuration.ts';

/**
 * AWS's service endpoints as they stand in the region's internet: one HTTPS server that tells services apart by the name
 * they are called by. `GET https://secretsmanager.ap-northeast-2.amazonaws.com/` arrives at one of the listeners.
 */
export interface EndpointsConfiguration {
  readonly account: string;
  readonly region: string;
  readonly listen: readonly EndpointListener[];
  /** Gateway endpoints, by the source address that their VPC's requests have here and the service they are for. */
  readonly gatewayEndpoints: readonly (VpcEndpoint & { readonly source: string; readonly service: string })[];
  readonly certificate: ServerCertificate;
  /** What metadata sealed the credentials with that signatures are checked against. Never logged. */
  readonly sealingKey: string;
  readonly authorization: Authorization;
  /** Folder of the `SecretStore`. */
  readonly secretsDirectory: string;
  readonly parameters: readonly Parameter[];
  readonly buckets: readonly BucketConfiguration[];
  readonly stacks: readonly StackConfiguration[];
  readonly instances: readonly InstanceDescription[];
  /** By service, what a family's service reads of the inventory. */
  readonly familySettings: Readonly<Record<string, unknown>>;
  /** Each family's service keeps its state in a folder below this one. */
  readonly familiesDirectory: string;
  /** Answers names to whoever asks in the internet namespace; `null` for none. */
  readonly resolver: ResolverConfiguration | null;
}

export interface EndpointListener {
  readonly address: string;
  readonly port: number;
  /** A file of a network namespace to listen in, for interface endpoints; `null` is the present one. */
  readonly networkNamespace: string | null;
  /** What can be called here, by endpoint prefix: another service's name at this address is refused, as AWS's own would be. */
  readonly services: readonly string[];
  /** The interface endpoint whose address this is. */
  readonly endpoint: VpcEndpoint | null;
}

/** A VPC endpoint that requests come by: its policy limits them besides the caller's own. */
export interface VpcEndpoint {
  /** `vpce-…` */
  readonly id: string;
  readonly vpc: string;
  /** The policy document; `null` allows everything. */
  readonly policy: unknown;
}

/**
 * Who decides on a request. The module is loaded by its URL and has to export `authorizer`, an `AuthorizerFactory`; it
 * is named here and not imported, because policies are read by the lenses, which the region does not depend on.
 * Without one, everything that needs a permission is refused.
 */
interface Authorization {
  readonly module: string | null;
  readonly identity: IdentityView;
}

export type AuthorizerFactory = (identity: IdentityView) => Authorize;

export type Authorize = (request: AuthorizationRequest) => AuthorizationDecision | Promise<AuthorizationDecision>;

interface AuthorizationRequest {
  /** `null` for a call without a signature, of a bucket that everyone may read. */
  readonly role: string | null;
  /** Name of the role session: an instance's id. */
  readonly session: string;
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  /** ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  /** Condition keys, `aws:SourceIp` and so on. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Policy of the VPC endpoint that the request came by, which has to allow it too; `null` allows everything. */
  readonly endpointPolicy: unknown;
}

interface AuthorizationDecision {
  readonly allowed: boolean;
  /** A statement denies it, rather than none allowing it. */
  readonly explicit: boolean;
}

/** A bucket has what the assembly published to it, and what was put into it while the region ran. */
export interface BucketConfiguration {
  readonly name: string;
  readonly assets: readonly { readonly key: string; readonly path: string; readonly packaging: 'file' | 'zip' }[];
  /** Where objects that are put are kept; `null` for an asset bucket, which takes none. */
  readonly directory: string | null;
}

export interface StackConfiguration {
  readonly name: string;
  readonly id: string;
  readonly resources: readonly {
    readonly logicalId: string;
    readonly physicalId: string;
    readonly type: string;
    /** The resource's own metadata, which `cfn-init` reads. */
    readonly metadata: unknown;
  }[];
}

export interface InstanceDescription {
  readonly id: string;
  readonly imageId: string;
  readonly type: string;
  readonly zone: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly privateAddress: string;
  readonly privateName: string;
  readonly publicAddress: string | null;
  readonly publicName: string | null;
  readonly securityGroups: readonly { readonly id: string; readonly name: string }[];
  readonly tags: Readonly<Record<string, string>>;
  /** Physical id of its Auto Scaling group. */
  readonly group: string | null;
  /** Name of the stack that it belongs to, itself or by its group; `null` for one of no template. */
  readonly stack: string | null;
}

/** What endpoints tell the supervisor of. Values of secrets are in none. */
export type EndpointEvent =
  | {
      readonly kind: 'signal';
      readonly stack: string;
      readonly logicalId: string;
      readonly uniqueId: string;
      readonly status: 'SUCCESS' | 'FAILURE';
    }
  | { readonly kind: 'metrics'; readonly namespace: string; readonly data: readonly MetricDatum[] }
  | { readonly kind: 'secret-changed'; readonly arn: string }
  /** Each call, as CloudTrail has it. */
  | {
      readonly kind: 'call';
      readonly service: string;
      readonly action: string;
      readonly role: string | null;
      readonly session: string | null;
      readonly source: string;
      /** HTTP status and AWS's error code, `null` where it succeeded. */
      readonly status: number;
      readonly error: string | null;
    }
  /** A bug, or the disk: whoever called was told no more than `InternalFailure`. */
  | { readonly kind: 'internal-failure'; readonly said: string };

export interface MetricDatum {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit: string | null;
}
