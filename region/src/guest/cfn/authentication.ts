import { type Credentials, findRegion, findRoleCredentials } from '../metadata.ts';
import { sign } from '../signature.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';

/** The headers that authenticate a download; none where it is anonymous. */
export type Authenticate = (url: URL) => Promise<Readonly<Record<string, string>>>;

/**
 * What `AWS::CloudFormation::Authentication` says of downloads: a method that the file names, else the one that its bucket or its host belongs to.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html
 */
export class Authentication {
  readonly #named = new Map<string, Authenticate>();
  readonly #buckets = new Map<string, Authenticate>();
  readonly #hosts = new Map<string, Authenticate>();

  constructor(given: Section, log: BuildLog) {
    for (const [name, stated] of Object.entries(given)) {
      const method = (stated ?? {}) as Section;
      const kind = String(method.type ?? '').toLowerCase();
      const { buckets, uris } = method;
      if (kind === 's3') {
        const authenticate = byS3(method);
        if (authenticate === null) {
          log.warn('S3 auth requires either "accessKeyId" and "secretKey" or "roleName"');
          continue;
        }
        this.#named.set(name, authenticate);
        for (const bucket of list(buckets)) this.#buckets.set(bucket, authenticate);
      } else if (kind === 'basic') {
        const authenticate = basic(String(method.username ?? ''), String(method.password ?? ''));
        this.#named.set(name, authenticate);
        for (const uri of list(uris)) this.#hosts.set(hostOf(uri), authenticate);
      } else log.warn(`Unrecognized authentication type: ${method.type ?? ''}`);
    }
  }

  /** A name that is not stated counts as none, as for the real one. */
  methodFor(url: URL, named?: string): Authenticate {
    const byName = named === undefined ? undefined : this.#named.get(named);
    const bucket = bucketOf(url);
    const byBucket = bucket === null ? undefined : this.#buckets.get(bucket);
    return byName ?? byBucket ?? this.#hosts.get(url.host) ?? (async () => ({}));
  }
}

function byS3({ accessKeyId, secretKey, roleName }: Section): Authenticate | null {
  if (accessKeyId !== undefined && secretKey !== undefined) {
    const credentials = { accessKeyId: String(accessKeyId), secretAccessKey: String(secretKey), sessionToken: null };
    return (url) => signed(url, credentials);
  }
  if (roleName === undefined) return null;
  return async (url) => signed(url, await findRoleCredentials(String(roleName)));
}

async function signed(url: URL, credentials: Credentials): Promise<Record<string, string>> {
  const inName = /(?:^|\.)s3[-.](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(url.host)?.[1];
  const region = await findRegion(inName);
  const time = new Date();
  const body = Buffer.alloc(0);
  return sign({ url, method: 'GET', headers: {}, body, credentials, region, service: 's3', time });
}

const basic =
  (name: string, password: string): Authenticate =>
  async () => ({ authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` });

/** The bucket of an address of S3, of either style; `null` for any other address. */
export function bucketOf(url: URL): string | null {
  const match = /^(?:(.+)\.)?s3(?:[-.][\w-]+)*\.amazonaws\.com(?:\.cn)?$/.exec(url.hostname);
  if (!match) return null;
  return match[1] ?? decodeURIComponent(url.pathname.split('/')[1] ?? '');
}

/** The page says "URIs"; the program compares hosts with their ports. */
function hostOf(uri: string): string {
  return URL.canParse(uri) && uri.includes('://') ? new URL(uri).host : uri;
}

function list(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(String);
  return given === undefined
    ? []
    : String(given)
        .split(',')
        .map((each) => each.trim());
}
