import { readMetadata } from './metadata.ts';
import { Refusal } from './refusal.ts';

/** Option, its letter, and the path it reads. */
const fields: readonly (readonly [name: string, letter: string, path: string])[] = [
  ['ami-id', '-a', 'meta-data/ami-id'],
  ['instance-id', '-i', 'meta-data/instance-id'],
  ['instance-type', '-t', 'meta-data/instance-type'],
  ['local-hostname', '-h', 'meta-data/local-hostname'],
  ['local-ipv4', '-o', 'meta-data/local-ipv4'],
  ['public-hostname', '-p', 'meta-data/public-hostname'],
  ['public-ipv4', '-v', 'meta-data/public-ipv4'],
  ['availability-zone', '-z', 'meta-data/placement/availability-zone'],
  ['region', '-R', 'meta-data/placement/region'],
  ['security-groups', '-s', 'meta-data/security-groups'],
  ['user-data', '-d', 'user-data'],
];

/**
 * `ec2-metadata`, which Amazon Linux has: the fields asked for, one a line, or the value alone with `--quiet`.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export async function ec2Metadata(words: readonly string[]): Promise<number> {
  const quiet = words.includes('--quiet');
  for (const word of words.filter((each) => each !== '--quiet')) {
    const field = fields.find(([name, letter]) => word === letter || word === `--${name}`);
    if (!field) throw new Refusal(`option ${word} is not carried out in a rehearsal`, 1);
    const value = (await readMetadata(field[2])) ?? 'not available';
    process.stdout.write(
      quiet ? `${value}\n` : `${field[0] === 'availability-zone' ? 'placement' : field[0]}: ${value}\n`,
    );
  }
  return 0;
}
