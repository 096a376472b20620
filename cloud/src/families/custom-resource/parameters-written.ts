import type { JsonObject } from '../../json.ts';
import { object, text } from '../../property.ts';
import { customResourceCall } from './custom-resource-call.ts';

/**
 * Parameters of Systems Manager that a custom resource of CDK writes into a region: the exports of a stack for one in another region, and the
 * parameter of a `putParameter` call.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.StackProps.html#crossregionreferences
 */
export function parametersWritten(
  type: string,
  properties: JsonObject,
  region: string,
): Readonly<Record<string, string>> {
  if (type === 'Custom::CrossRegionExportWriter') {
    const written = object(properties, 'WriterProps');
    const exported = object(written, 'exports');
    if (text(written, 'region') !== region) return {};
    return Object.fromEntries(Object.keys(exported).flatMap((name) => pair(name, text(exported, name))));
  }
  const call = type === 'Custom::AWS' ? customResourceCall(properties) : undefined;
  if (call?.action !== 'PutParameter') return {};
  const isSecret = text(call.parameters, 'Type') === 'SecureString';
  const isElsewhere = call.region !== undefined && call.region !== region;
  return isSecret || isElsewhere
    ? {}
    : Object.fromEntries(pair(text(call.parameters, 'Name') ?? '', text(call.parameters, 'Value')));
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}
