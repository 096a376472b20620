import { type RequestOptions, request } from 'node:http';
import { text as readAll } from 'node:stream/consumers';

/** Which machine this is, in AWS's words; a part is `null` until it is known. */
export interface Identity {
  readonly instance: string | null;
  readonly zone: string | null;
}

/**
 * Instance id and Availability Zone, from the environment where it says them and otherwise from the
 * instance metadata service, version 2. What could not be learned is asked for again at the next call.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function identityOf(given: Identity, endpoint = metadataEndpoint()): () => Promise<Identity> {
  let known: Identity = given;
  let asking: Promise<Identity> | undefined;
  return () => {
    if (known.instance !== null && known.zone !== null) return Promise.resolve(known);
    asking ??= ask(endpoint)
      .then((answer) => {
        known = { instance: given.instance ?? answer.instance, zone: given.zone ?? answer.zone };
        return known;
      })
      .catch(() => known)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
}

function metadataEndpoint(): string {
  return process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? 'http://169.254.169.254';
}

async function ask(endpoint: string): Promise<Identity> {
  const token = await text(`${endpoint}/latest/api/token`, {
    method: 'PUT',
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' },
  });
  const headers = { 'x-aws-ec2-metadata-token': token };
  const [instance, zone] = await Promise.all([
    text(`${endpoint}/latest/meta-data/instance-id`, { headers }),
    text(`${endpoint}/latest/meta-data/placement/availability-zone`, { headers }),
  ]);
  return { instance, zone };
}

/** By Node's own client: `fetch` is a library of its own that takes a while to load, and this is asked first of all. */
function text(url: string, options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { ...options, signal: AbortSignal.timeout(1000) }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      readAll(answer).then((body) => resolve(body.trim()), reject);
    });
    asking.once('error', reject);
    asking.end();
  });
}
