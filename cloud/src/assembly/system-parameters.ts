import { resourceIdentifier } from '../allocate/identifier.ts';
import { parametersWritten } from '../families/custom-resource/parameters-written.ts';
import type { Resource } from '../inventory.ts';
import type { Json } from '../json.ts';

/**
 * The value of a Systems Manager parameter: given as `ssm:NAME`, stated by an `AWS::SSM::Parameter` of the templates, or one
 * that AWS publishes (an image's id is made up from its name, so it is the same at every load). `undefined` for any other.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 */
export function systemParameter(
  name: string,
  region: string,
  given: ReadonlyMap<string, Json>,
  resources: readonly Resource[],
): string | undefined {
  const stated = given.get(`ssm:${name}`);
  if (stated !== undefined) return String(stated);
  if (isImageName(name)) return resourceIdentifier({ account: 'aws', region, stack: '', logicalId: name }, 'ami');
  const resource = resources.find((each) => each.type === 'AWS::SSM::Parameter' && each.physicalId === name);
  if (resource) return String(resource.properties.Value ?? '');
  for (const { type, properties } of resources) {
    const written = parametersWritten(type, properties, region)[name];
    if (written !== undefined) return written;
  }
  if (/^\/cdk-bootstrap\/[^/]+\/version$/.test(name)) return cdkBootstrapVersion;
  return undefined;
}

/** What CDK's bootstrap template writes into its version parameter; templates only ask that it is high enough. */
const cdkBootstrapVersion = '30';

function isImageName(name: string): boolean {
  return (
    /^\/aws\/service\/(ami-[a-z-]+latest|canonical|debian|suse|marketplace|bottlerocket|freebsd)\//.test(name) ||
    /^\/aws\/service\/(ecs|eks)\/optimized-ami\/.*image_id$/.test(name)
  );
}
