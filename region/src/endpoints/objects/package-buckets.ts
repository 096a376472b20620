import { AwsError } from '../aws-error.ts';
import type { Reply } from '../call.ts';
import type { Authorize, VpcEndpoint } from '../configuration.ts';
import type { Wire } from '../wire.ts';

/**
 * The bucket of Amazon Linux's packages that a request is for, `null` for any other. Everyone may read it, without a signature.
 *
 * https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
 */
export function packageBucket({ bucket, path }: Wire, region: string): string | null {
  const name = bucket ?? path.split('/')[1] ?? '';
  return name === `al2023-repos-${region}-de612dc2` || name === `amazonlinux-2-repos-${region}` ? name : null;
}

/**
 * Whether a package tool gets its first file: the policy of the endpoint that it came by decides. The packages themselves come from elsewhere.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3
 */
export async function answerPackages(
  wire: Wire,
  bucket: string,
  by: VpcEndpoint | undefined,
  authorize: Authorize,
): Promise<Reply> {
  const { method, path, source } = wire;
  if (method !== 'GET' && method !== 'HEAD') throw new AwsError(403, 'AccessDenied', 'Access Denied');
  const key = wire.bucket === null ? path.split('/').slice(2).join('/') : path.slice(1);
  const policy = by?.policy ?? null;
  if (policy !== null) {
    const context = { 'aws:SourceVpce': by!.id, 'aws:SourceVpc': by!.vpc, 'aws:SecureTransport': 'true' };
    const resource = `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`;
    const asked = { role: null, session: source, action: 's3:GetObject', resource, context, endpointPolicy: policy };
    const { allowed } = await authorize(asked);
    if (!allowed) throw new AwsError(403, 'AccessDenied', 'Access Denied');
  }
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: '' };
}
