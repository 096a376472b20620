import { loadTexts } from '../assembly/load.ts';
import type { Json, JsonObject } from '../json.ts';

/** A resource of a test's template; without a `Type`, it changes the properties of the base's resource of that name. */
export type Change = { readonly Type: string; readonly [key: string]: Json } | JsonObject;

/** A property that a change takes out. */
export const out = '(out)';

export const ref = (Ref: string): JsonObject => ({ Ref });
export const get = (name: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [name, attribute] });

/** Two zones behind an internet gateway, and a group. */
export const network: Readonly<Record<string, JsonObject>> = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Other: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') },
  },
  A: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24', AvailabilityZone: 'ap-northeast-2a' },
  },
  B: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24', AvailabilityZone: 'ap-northeast-2b' },
  },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'one', VpcId: ref('Vpc') } },
};

/** Every mistake of the base with these changes, as `CODE LogicalId path`. */
export async function refusals(
  base: Readonly<Record<string, JsonObject>>,
  changes: Readonly<Record<string, Change>>,
): Promise<string[]> {
  const resources: Record<string, Json> = { ...base };
  for (const [name, change] of Object.entries(changes)) {
    if (typeof change.Type === 'string' && (change.Type.includes('::') || !base[name])) {
      resources[name] = change;
      continue;
    }
    const properties = { ...(base[name]?.Properties as JsonObject), ...change };
    resources[name] = {
      ...base[name],
      Properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== out)),
    };
  }
  const result = await loadTexts({ 'a.json': JSON.stringify({ Resources: resources }) });
  return result.ok
    ? []
    : result.mistakes.map(({ code, place }) =>
        [code, place.logicalId, place.path?.replace(/^Properties\.?/, '')].filter(Boolean).join(' '),
      );
}
