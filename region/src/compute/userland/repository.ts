import { authorityFile } from '../authority-file.ts';
import type { Connection } from '../connection.ts';
import type { Guest } from '../guest.ts';
import { linesOf } from '../lines.ts';

/** Where a distribution's package tool downloads from. */
export interface PackageRepository {
  /** The repository's id, as the tool's messages have it, and its title. */
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly port: number;
  /** Of the first file that the tool asks for. */
  readonly url: string;
  /** The bucket of S3 that it is, whose reading the policy of an endpoint may forbid; `null` for another server. */
  readonly bucket: string | null;
}

/**
 * Amazon Linux 2023's own repository: a bucket of S3, in the instance's Region. Its name leads to S3, so that a gateway endpoint is a way to it too.
 *
 * https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3
 */
export function amazonLinux2023(region: string): PackageRepository {
  const host = `al2023-repos-${region}-de612dc2.s3.dualstack.${region}.amazonaws.com`;
  const url = `https://${host}/core/mirrors/latest/x86_64/mirror.list`;
  const bucket = `al2023-repos-${region}-de612dc2`;
  return { id: 'amazonlinux', title: 'Amazon Linux 2023 repository', host, port: 443, url, bucket };
}

/** Seconds that a connection may take. `dnf` waits for 30: a region's network answers in milliseconds, or drops the packet. */
export const patience = 4;

/** Connects to the repository from inside the instance: by its resolver, its routes, its security groups and network ACLs. */
export async function connect(
  guest: Pick<Guest, 'spawn'>,
  { host, port, bucket, url }: Pick<PackageRepository, 'host' | 'port' | 'bucket' | 'url'>,
): Promise<Connection> {
  const said = await firstLine(guest, ['/usr/lib/terrace/connect.pl', host, String(port), String(patience)]);
  const [outcome = '', address = null] = said.split(' ');
  const known = outcomes.find((each) => each === outcome) ?? 'not-tried';
  if (known !== 'connected' || bucket === null) return { outcome: known, address };
  const download = ['/usr/lib/terrace/programs/curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', url];
  const status = await firstLine(guest, download);
  if (status === '200') return { outcome: 'connected', address };
  return { outcome: status === '403' ? 'forbidden' : 'not-tried', address };
}

async function firstLine(guest: Pick<Guest, 'spawn'>, words: readonly string[]): Promise<string> {
  const said: string[] = [];
  const { onOutput, end } = linesOf((line) => said.push(line));
  const environment = {
    PATH: '/usr/bin',
    RES_OPTIONS: 'timeout:2 attempts:1',
    NODE_EXTRA_CA_CERTS: authorityFile,
  };
  const process = await guest.spawn({ words, environment, onOutput });
  await process.ended;
  end();
  return said[0] ?? '';
}

const outcomes = ['connected', 'no-name', 'no-resolver', 'timed-out', 'refused', 'unreachable'] as const;

/**
 * The error of libcurl, in whose words `dnf` reports it: for a line of its own, and with the address and the details.
 *
 * https://curl.se/libcurl/c/libcurl-errors.html
 */
export function curlError(
  { outcome, address }: Connection,
  { host, port, url }: PackageRepository,
): { readonly short: string; readonly whole: string } {
  if (outcome === 'forbidden')
    return { short: 'Status code: 403', whole: `Status code: 403 for ${url} (IP: ${address})` };
  const [code, title, detail] = {
    'no-name': [6, "Couldn't resolve host name", `Could not resolve host: ${host}`],
    'no-resolver': [6, "Couldn't resolve host name", `Could not resolve host: ${host}`],
    refused: [7, "Couldn't connect to server", `Failed to connect to ${host} port ${port}: Connection refused`],
    unreachable: [7, "Couldn't connect to server", `Failed to connect to ${host} port ${port}: No route to host`],
    'timed-out': [28, 'Timeout was reached', `Connection timed out after ${patience * 1000} milliseconds`],
    'not-tried': [2, 'Failed initialization', 'the connection could not be tried'],
    connected: [0, 'No error', ''],
  }[outcome];
  const short = `Curl error (${code}): ${title}`;
  return { short, whole: `${short} for ${url} [${detail}]` };
}

/**
 * Amazon Linux 2's repository: a bucket of S3 in the instance's Region too.
 *
 * https://repost.aws/knowledge-center/ec2-al1-al2-update-yum-without-internet
 */
export function amazonLinux2(region: string): PackageRepository {
  const host = `amazonlinux-2-repos-${region}.s3.dualstack.${region}.amazonaws.com`;
  const url = `https://${host}/2/core/latest/x86_64/mirror.list`;
  const bucket = `amazonlinux-2-repos-${region}`;
  return { id: 'amzn2-core/2/x86_64', title: 'Amazon Linux 2 core repository', host, port: 443, url, bucket };
}

/** Ubuntu's archive, of which EC2's images ask the mirror in their Region, over HTTP. https://documentation.ubuntu.com/aws/ */
export function ubuntu(region: string, codename: string): PackageRepository {
  const host = `${region}.ec2.archive.ubuntu.com`;
  return {
    id: codename,
    title: 'Ubuntu',
    host,
    port: 80,
    url: `http://${host}/ubuntu ${codename} InRelease`,
    bucket: null,
  };
}

/** Debian's mirror for its images on EC2. https://wiki.debian.org/Cloud/AmazonEC2Image */
export function debian(codename: string): PackageRepository {
  const host = 'cdn-aws.deb.debian.org';
  return {
    id: codename,
    title: 'Debian',
    host,
    port: 80,
    url: `http://${host}/debian ${codename} InRelease`,
    bucket: null,
  };
}
