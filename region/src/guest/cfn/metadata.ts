import { readFileSync } from 'node:fs';
import { type Credentials, findIdentityCredentials, findRoleCredentials } from '../metadata.ts';
import { Refusal } from '../refusal.ts';
import { callQuery, element } from '../service-call.ts';

export type Section = Readonly<Record<string, unknown>>;

/** Options of every helper script, besides its own. */
export const helperOptions = {
  valued: [
    ...['--stack', '--resource', '--region', '--role', '--url'],
    ...['--access-key', '--secret-key', '--credential-file'],
  ],
  short: { '-s': '--stack', '-r': '--resource', '-v': '--verbose', '-u': '--url', '-f': '--credential-file' },
} as const;

/**
 * The metadata of a stack's resource, by `DescribeStackResource`. Without credentials CloudFormation checks that the instance belongs to the stack.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html#cfn-helper-scripts-reference-permissions
 */
export async function readStackMetadata(values: ReadonlyMap<string, string>): Promise<Section> {
  const stack = values.get('--stack');
  const resource = values.get('--resource');
  if (stack === undefined || resource === undefined) {
    const message = 'Error: You must specify both a stack name and logical resource id';
    throw new Refusal(message, 1, message);
  }
  const detail = await describeStackResource(values, stack, resource);
  const metadata = JSON.parse(element(detail, 'Metadata') ?? 'null') as Section | null;
  if (metadata === null || Object.keys(metadata).length === 0) {
    const message = `Error: ${resource} does not specify any metadata`;
    throw new Refusal(message, 1, message);
  }
  return metadata;
}

/** The answer, in XML. */
export function describeStackResource(
  values: ReadonlyMap<string, string>,
  stack: string,
  resource: string,
): Promise<string> {
  const input = { StackName: stack, LogicalResourceId: resource };
  return callCloudFormation(values, 'DescribeStackResource', input);
}

/** A helper script ends with 1 where the call is refused, whatever it is refused for. */
export async function callCloudFormation(
  values: ReadonlyMap<string, string>,
  action: string,
  input: Readonly<Record<string, string>>,
): Promise<string> {
  refuseUrl(values);
  try {
    const credentials = await helperCredentials(values);
    return await callQuery('cloudformation', values.get('--region'), '2010-05-15', action, input, credentials);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.message, 1, error.message);
    throw error;
  }
}

/** Those that an option names; else the instance's own, which say which instance it is and nothing else. */
async function helperCredentials(values: ReadonlyMap<string, string>): Promise<Credentials> {
  const role = values.get('--role');
  const file = values.get('--credential-file');
  if (file !== undefined) return credentialsOfFile(file);
  if (role !== undefined) return findRoleCredentials(role);
  const [accessKeyId, secretAccessKey] = [values.get('--access-key'), values.get('--secret-key')];
  if (accessKeyId !== undefined && secretAccessKey !== undefined)
    return { accessKeyId, secretAccessKey, sessionToken: null };
  return findIdentityCredentials();
}

/** Lines of `AWSAccessKeyId=…` and `AWSSecretKey=…`. */
function credentialsOfFile(file: string): Credentials {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`Could not retrieve credentials from file: ${(error as Error).message}`, 1);
  }
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(text)?.[1];
  const [accessKeyId, secretAccessKey] = [value('AWSAccessKeyId'), value('AWSSecretKey')];
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Refusal(`${file} has no AWSAccessKeyId or no AWSSecretKey`, 1);
  return { accessKeyId, secretAccessKey, sessionToken: null };
}

/** Calls go to the region's own endpoint, whatever another address would say. */
function refuseUrl(values: ReadonlyMap<string, string>): void {
  const region = values.get('--region');
  const url = values.get('--url');
  if (url === undefined) return;
  const expected = region === undefined ? /^https:\/\/cloudformation\.[\w-]+\.amazonaws\.com\/?$/ : undefined;
  if (expected?.test(url) || url.replace(/\/$/, '') === `https://cloudformation.${region}.amazonaws.com`) return;
  throw new Refusal(`--url ${url} is not carried out in a rehearsal: only CloudFormation's own address is`, 1);
}
