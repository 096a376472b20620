import { parseOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { helperOptions, readStackMetadata } from './metadata.ts';

/**
 * `cfn-get-metadata`: prints a resource's metadata, or the value at a path of keys.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-get-metadata.html
 */
export async function cfnGetMetadata(words: readonly string[]): Promise<number> {
  const { values } = parseOptions(words, {
    valued: [...helperOptions.valued, '--key'],
    flags: ['--verbose'],
    short: { ...helperOptions.short, '-k': '--key' },
    exitCode: 1,
  });
  const metadata = await readStackMetadata(values);
  const key = values.get('--key');
  const value = key === undefined ? metadata : valueAt(metadata, key);
  if (value === undefined || value === null || value === '') {
    const message = `Error: ${key} is not present in the metadata for ${values.get('--resource')}`;
    throw new Refusal(message, 1, message);
  }
  process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 4)}\n`);
  return 0;
}

/** `Parent.child.leaf`; a key of the metadata that has dots itself, such as `AWS::CloudFormation::Init`, has none in practice. */
export function valueAt(tree: unknown, path: string): unknown {
  let value = tree;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
