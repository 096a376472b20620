import { hexadecimal } from '../../allocate/identifier.ts';
import type { JsonObject } from '../../json.ts';
import { type Draft, type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPCEndpoint': identified('vpce', 'Id', endpointAttributes),
};

/** The zone that is stated, by name or by id, or else one that the subnet's name decides. */
function endpointAttributes(draft: Draft, id: string): JsonObject {
  const service = textOf(draft, 'ServiceName') ?? '';
  const isInterface = (textOf(draft, 'VpcEndpointType') ?? 'Gateway') === 'Interface';
  const subnets = Array.isArray(draft.properties.SubnetIds) ? draft.properties.SubnetIds.map(String) : [];
  const zone = `Z${hexadecimal(draft.subject, 'zone', 20).toUpperCase()}`;
  const name = `${id}-${hexadecimal(draft.subject, 'name', 8)}.${service.split('.').pop()}.${draft.subject.region}.vpce.${draft.urlSuffix}`;
  return {
    CreationTimestamp: '2026-01-01T00:00:00Z',
    DnsEntries: isInterface ? [`${zone}:${name}`] : [],
    NetworkInterfaceIds: isInterface
      ? subnets.map((subnet) => `eni-0${hexadecimal(draft.subject, `interface ${subnet}`, 16)}`)
      : [],
  };
}
