import type { Asset, Inventory } from '../../inventory.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { flag, objects, text, texts } from '../../property.ts';

/** CDK's `BucketDeployment`: files of assets that a function of it copies into a bucket. */
export interface BucketDeployment {
  readonly bucket: string;
  /** Ends with `/` unless it is empty. */
  readonly prefix: string;
  readonly sources: readonly DeploymentSource[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Files of the archive, or the archive itself. */
  readonly extract: boolean;
  /** Removes what else lies below the prefix. */
  readonly prune: boolean;
}

interface DeploymentSource {
  readonly bucket: string;
  readonly key: string;
  /** What stands in the files for values that only a deployment knows. */
  readonly markers: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html */
export function readBucketDeployment(properties: JsonObject): BucketDeployment {
  const keys = texts(properties, 'SourceObjectKeys');
  const markers = objects(properties, 'SourceMarkers');
  const prefix = (text(properties, 'DestinationBucketKeyPrefix') ?? '').replace(/^\/+|\/+$/g, '');
  return {
    bucket: text(properties, 'DestinationBucketName') ?? '',
    prefix: prefix === '' ? '' : `${prefix}/`,
    sources: texts(properties, 'SourceBucketNames').map((bucket, at) => ({
      bucket,
      key: keys[at] ?? '',
      markers: markersIn(markers[at]),
    })),
    include: texts(properties, 'Include'),
    exclude: texts(properties, 'Exclude'),
    extract: flag(properties, 'Extract') ?? true,
    prune: flag(properties, 'Prune') ?? true,
  };
}

function markersIn(markers: JsonObject | undefined): Record<string, string> {
  if (!isObject(markers)) return {};
  return Object.fromEntries(Object.entries(markers).map(([marker, value]) => [marker, String(value)]));
}

/** The asset that a source names; `undefined` for one that the assembly does not publish. */
export function sourceAsset({ assets }: Inventory, { bucket, key }: DeploymentSource): Asset | undefined {
  return assets.find((each) => each.bucket === bucket && each.objectKey === key);
}

/**
 * Whether a file is copied: filters apply in the order in which CDK gives them to `aws s3 sync`, exclusions first, and the last that matches decides.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/s3/#use-of-exclude-and-include-filters
 */
export function isDeployed({ include, exclude }: Pick<BucketDeployment, 'include' | 'exclude'>, file: string): boolean {
  const matches = (pattern: string) => new RegExp(`^${asExpression(pattern)}$`, 's').test(file);
  return include.some(matches) || !exclude.some(matches);
}

/** `*` is any text, slashes too, `?` any character, `[…]` one of those, `[!…]` none of them. */
function asExpression(pattern: string): string {
  return pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[.+^${}()|[\]\\]/, '\\$&');
  });
}
