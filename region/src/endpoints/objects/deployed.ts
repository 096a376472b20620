import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type BucketDeployment,
  isDeployed,
  readBucketDeployment,
  sourceAsset,
} from '@terrace/cloud/families/custom-resource/bucket-deployment';
import { type Asset, type Inventory, ofType } from '@terrace/cloud/inventory';
import { unableOf } from '@terrace/cloud/validate/standing';
import type { BucketConfiguration } from '../configuration.ts';

type Deployed = BucketConfiguration['assets'][number];

/**
 * Objects that CDK's bucket deployments put into each bucket, by its name: one deployment after the other, each taking away what it prunes.
 *
 * @param directory where copies of files go in which markers are replaced
 */
export function deployedObjects(inventory: Inventory, directory: string): ReadonlyMap<string, readonly Deployed[]> {
  const objects = new Map<string, Deployed[]>();
  const unable = unableOf(inventory);
  for (const { key, properties } of ofType(inventory, 'Custom::CDKBucketDeployment')) {
    if (unable.has(key)) continue;
    const deployment = readBucketDeployment(properties);
    const put = objectsOf(inventory, deployment, directory);
    const keys = new Set(put.map((each) => each.key));
    const before = objects.get(deployment.bucket) ?? [];
    const kept = before.filter((each) => {
      const isPruned = deployment.prune && each.key.startsWith(deployment.prefix);
      return !keys.has(each.key) && !isPruned;
    });
    objects.set(deployment.bucket, [...kept, ...put]);
  }
  return objects;
}

function objectsOf(inventory: Inventory, deployment: BucketDeployment, directory: string): Deployed[] {
  const found = deployment.sources.flatMap((source): Deployed[] => {
    const asset = sourceAsset(inventory, source);
    if (!asset) return [];
    if (!deployment.extract)
      return [{ key: `${deployment.prefix}${source.key}`, path: asset.path, packaging: asset.packaging }];
    return filesOf(asset)
      .filter((file) => isDeployed(deployment, file))
      .map((file) => ({
        key: `${deployment.prefix}${file}`,
        path: replaced(join(asset.path, file), source.markers, directory),
        packaging: 'file',
      }));
  });
  // Of two sources with a file of one name, the later stands.
  return [...new Map(found.map((each) => [each.key, each])).values()];
}

/** Paths below an asset's folder, with slashes. */
function filesOf({ path }: Asset): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(path, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** The file itself, or a copy with markers replaced, byte by byte, so that a picture stays one. */
function replaced(path: string, markers: Readonly<Record<string, string>>, directory: string): string {
  const all = Object.entries(markers).map(([marker, value]) => [bytes(marker), bytes(value)] as const);
  if (all.length === 0) return path;
  const before = readFileSync(path, 'latin1');
  const after = all.reduce((text, [marker, value]) => text.replaceAll(marker, () => value), before);
  if (after === before) return path;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const copy = join(directory, createHash('sha256').update(after, 'latin1').digest('hex'));
  writeFileSync(copy, after, { encoding: 'latin1', mode: 0o600 });
  return copy;
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
