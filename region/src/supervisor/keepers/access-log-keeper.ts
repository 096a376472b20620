import { Readable } from 'node:stream';
import { formatAddress } from '@terrace/cloud/address';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import type { BalancingView } from '@terrace/cloud/views/balancing';
import { AccessLogFile, type PublishedLog } from '../../balancing/access-log-file.ts';
import { accessLogEntry, accessLogKey, isLogged, type LoggedBy } from '../../balancing/haproxy/access-log.ts';
import { bucketFolder, ObjectStorage } from '../../endpoints/objects/storage.ts';
import type { Incident } from '../../incident.ts';

/** How many of the last lines of a balancer are kept at hand. */
const atHand = 1000;

/**
 * The access logs of load balancers: what their nodes say of each request becomes a line of AWS's, and a file in the region's bucket.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export class AccessLogKeeper implements AsyncDisposable {
  /** Where the region's buckets keep what is put into them. */
  readonly #objectsDirectory: string;
  readonly #storage = new ObjectStorage([]);
  readonly #files = new Map<string, AccessLogFile>();
  readonly #recent = new Map<string, RecentLine[]>();
  #nodes = new Map<string, LoggedBy & { readonly address: string }>();
  readonly #on: (incident: Incident) => void;
  #inventory: Inventory | null = null;

  constructor(objectsDirectory: string, on: (incident: Incident) => void) {
    this.#objectsDirectory = objectsDirectory;
    this.#on = on;
  }

  apply(view: BalancingView, inventory: Inventory): void {
    this.#inventory = inventory;
    const logged = view.balancers.filter(isLogged);
    this.#nodes = new Map(
      logged.flatMap((balancer) =>
        balancer.nodes.map((node) => [
          node.interface,
          { view, balancer, address: formatAddress(node.publicAddress ?? node.address) },
        ]),
      ),
    );
  }

  /** @param node `eni-…` of the balancer's node */
  took(node: string, said: string): void {
    const by = this.#nodes.get(node);
    const now = Date.now();
    const entry = by && accessLogEntry(said, by, now);
    if (!by || entry === undefined) return;
    const recent = this.#recent.get(by.balancer.id) ?? [];
    this.#recent.set(by.balancer.id, recent);
    recent.push({ time: now, text: entry });
    if (recent.length >= 2 * atHand) recent.splice(0, atHand);
    const file = this.#files.get(node) ?? new AccessLogFile((published) => this.#publish(node, published), this.#on);
    this.#files.set(node, file);
    file.add(entry);
  }

  /** The last lines of a balancer; `undefined` where it writes none. */
  recent(balancer: string, lines: number): readonly RecentLine[] | undefined {
    if (![...this.#nodes.values()].some((each) => each.balancer.id === balancer)) return undefined;
    return (this.#recent.get(balancer) ?? []).slice(-Math.min(lines, atHand));
  }

  /** What is not yet published is. Once the nodes have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file[Symbol.asyncDispose]()));
  }

  async #publish(node: string, { end, random, body }: PublishedLog): Promise<void> {
    const by = this.#nodes.get(node);
    const bucket = by?.balancer.attributes['access_logs.s3.bucket'];
    const inventory = this.#inventory;
    if (!by || !inventory || !isBucket(inventory, bucket)) return;
    const { account, region } = inventory;
    const key = accessLogKey(by.balancer, { account, region, address: by.address, end, random });
    const object = { key, contentType: 'application/octet-stream', metadata: {} };
    await this.#storage.put(bucketFolder(this.#objectsDirectory, bucket), object, Readable.from([body]));
  }
}

interface RecentLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

/** A bucket that the template does not make is somebody's elsewhere. */
function isBucket(inventory: Inventory, name: string | undefined): name is string {
  return ofType(inventory, 'AWS::S3::Bucket').some(({ physicalId }) => physicalId === name);
}
