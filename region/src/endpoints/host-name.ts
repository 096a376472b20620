/**
 * Which service, and with S3 which bucket, a host name calls. `undefined` for a name that is none of AWS's.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function calledService(host: string, region: string): { service: string; bucket: string | null } | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const object = new RegExp(`^(?:(.+)\\.)?s3(?:\\.dualstack)?(?:\\.${region})?(?:\\.vpce)?\\.amazonaws\\.com$`).exec(
    name,
  );
  if (object) return { service: 's3', bucket: bucketOf(object[1]) };
  const endpoint = new RegExp(`^vpce-[\\w-]+\\.(.+)\\.${region}\\.vpce\\.amazonaws\\.com$`).exec(name);
  if (endpoint) return { service: endpoint[1]!, bucket: null };
  const regional = new RegExp(`^([a-z0-9.-]+)\\.${region}\\.(?:amazonaws\\.com|api\\.aws)$`).exec(name);
  if (regional) return { service: regional[1]!, bucket: null };
  const global = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(name);
  return global ? { service: global[1]!, bucket: null } : undefined;
}

/** In front of an interface endpoint's own name stands `bucket.` before the bucket. */
function bucketOf(front: string | undefined): string | null {
  if (front === undefined) return null;
  const withoutEndpoint = front.replace(/\.?vpce-[\w-]+$/, '').replace(/^bucket$/, '');
  return withoutEndpoint === '' ? null : withoutEndpoint;
}
