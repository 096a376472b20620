import { readMetadata } from '../metadata.ts';
import { parseOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { callCloudFormation, helperOptions } from './metadata.ts';

/**
 * `cfn-signal`: tells CloudFormation that this instance is ready, or that it is not. The instance proves which it is; it needs no role.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-signal.html
 */
export async function cfnSignal(words: readonly string[]): Promise<number> {
  const { values } = parseOptions(words, {
    valued: [...helperOptions.valued, '--exit-code', '--success', '--reason', '--id'],
    flags: [],
    short: { '-e': '--exit-code', '-s': '--success', '-r': '--reason', '-i': '--id', '-u': '--url' },
    exitCode: 1,
  });
  const stack = values.get('--stack');
  const resource = values.get('--resource');
  if (stack === undefined || resource === undefined)
    throw new Refusal(
      '--stack and --resource are needed; a wait condition handle is not carried out in a rehearsal',
      1,
    );
  const exitCode = values.get('--exit-code');
  const success = exitCode === undefined ? values.get('--success') !== 'false' : exitCode === '0';
  const id = values.get('--id') ?? (await readMetadata('meta-data/instance-id'));
  const signal = {
    StackName: stack,
    LogicalResourceId: resource,
    UniqueId: id ?? '',
    Status: success ? 'SUCCESS' : 'FAILURE',
  };
  await callCloudFormation(values, 'SignalResource', signal);
  return 0;
}
