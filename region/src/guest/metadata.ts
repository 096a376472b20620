import { Refusal } from './refusal.ts';
import { send } from './request.ts';

const metadata = 'http://169.254.169.254/latest';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

let token: Promise<string> | undefined;

/**
 * A value of the instance's metadata, `undefined` where there is none of that name.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function readMetadata(path: string): Promise<string | undefined> {
  token ??= send({
    url: new URL(`${metadata}/api/token`),
    method: 'PUT',
    headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '300' },
    patience: 2000,
  }).then((answer) => {
    if (answer.status !== 200) throw new Error(`the metadata service answered ${answer.status}`);
    return String(answer.body);
  });
  const answer = await send({
    url: new URL(`${metadata}/${path}`),
    method: 'GET',
    headers: { 'X-aws-ec2-metadata-token': await token },
    patience: 2000,
  });
  return answer.status === 200 ? String(answer.body) : undefined;
}

/** As the AWS CLI looks for them: the environment first, then the instance's role. */
export async function findCredentials(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = process.env;
  if (id && secret) return { accessKeyId: id, secretAccessKey: secret, sessionToken: session ?? null };
  const none = () =>
    new Refusal(
      'Unable to locate credentials. The instance has no role, or its metadata service does not answer.',
      253,
    );
  const role = await readMetadata('meta-data/iam/security-credentials/').catch(() => undefined);
  if (!role) throw none();
  return (await givenAt(`meta-data/iam/security-credentials/${role.split('\n', 1)[0]}`)) ?? Promise.reject(none());
}

/** Those of a role by its name, which has to be the instance's. */
export async function findRoleCredentials(role: string): Promise<Credentials> {
  const given = await givenAt(`meta-data/iam/security-credentials/${encodeURIComponent(role)}`);
  if (!given) throw new Refusal(`Unable to retrieve credentials of the role ${role}: it is not the instance's.`, 253);
  return given;
}

/**
 * What proves which instance it is, with a role or without.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles
 */
export async function findIdentityCredentials(): Promise<Credentials> {
  const given = await givenAt('meta-data/identity-credentials/ec2/security-credentials/ec2-instance');
  if (!given) throw new Refusal('The metadata service does not answer.', 253);
  return given;
}

async function givenAt(path: string): Promise<Credentials | undefined> {
  const text = await readMetadata(path).catch(() => undefined);
  if (text === undefined) return undefined;
  const given = JSON.parse(text) as { AccessKeyId: string; SecretAccessKey: string; Token: string };
  return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.Token };
}

/** The option first, then the environment, then where the instance is. */
export async function findRegion(asked: string | undefined): Promise<string> {
  const known = asked ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const region = known ?? (await readMetadata('meta-data/placement/region').catch(() => undefined));
  if (!region) throw new Refusal('You must specify a region. The metadata service does not tell one.', 253);
  return region;
}
