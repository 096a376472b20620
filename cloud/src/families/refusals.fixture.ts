import { expect, test } from 'vitest';
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

/** Changes of one resource by dotted path; `out` takes one out, and a capital name before a colon changes another resource. */
export type Edits = Readonly<Record<string, Json>>;

/** Where a fault is reported, the fault, and a near miss that AWS takes. */
export type Row = readonly [place: string, fault: Edits, nearMiss: Edits];

/** AWS refuses each fault, said once and at its place, and takes its near miss. `place` is below the properties of `name`, or `Other: path`. */
export function table(base: Readonly<Record<string, JsonObject>>, name: string, rows: readonly Row[]): void {
  const load = (edits: Edits) => refusals(edited(base, name, edits), {});
  test.each(
    rows.map(([place, fault, nearMiss]) => [titleOf(name, place, fault), place, fault, nearMiss] as const),
  )('%s', async (_, place, fault, nearMiss) => {
    const [other, path] = place.includes(': ') ? (place.split(': ') as [string, string]) : [name, place];
    const found = await load(fault);
    expect(found.map((each) => each.replace(/^\w+ /, ''))).toEqual([[other, path].filter(Boolean).join(' ')]);
    expect(await load(nearMiss)).toEqual([]);
  });
}

function titleOf(name: string, place: string, fault: Edits): string {
  return `${name} ${place} ${JSON.stringify(fault)}`.replaceAll('%', '%%').slice(0, 110);
}

function edited(base: Readonly<Record<string, JsonObject>>, name: string, edits: Edits): Record<string, JsonObject> {
  const result = structuredClone(base) as Record<string, JsonObject>;
  for (const [where, value] of Object.entries(edits)) {
    const [other, path] = where.includes(':') ? (where.split(':') as [string, string]) : [name, where];
    if (path === '') result[other] = value as JsonObject;
    else result[other] = put(result[other] as JsonObject, ['Properties', ...path.split('.')], value) as JsonObject;
  }
  return result;
}

function put(into: Json | undefined, [step, ...rest]: readonly string[], value: Json): Json {
  if (step === undefined) return stripped(value);
  if (/^\d+$/.test(step)) {
    const list = Array.isArray(into) ? [...into] : [];
    list[Number(step)] = put(list[Number(step)], rest, value);
    return list.filter((each) => each !== out);
  }
  const changed = { ...(into as JsonObject | undefined), [step]: put((into as JsonObject)?.[step], rest, value) };
  return Object.fromEntries(Object.entries(changed).filter(([, each]) => each !== out));
}

function stripped(value: Json): Json {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== out);
  return Object.fromEntries(kept.map(([key, each]) => [key, stripped(each as Json)]));
}
