import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from '../../property.ts';

/** A zone of Route 53. Names are in small letters and without the final dot. */
export interface HostedZone {
  readonly id: string;
  readonly statedBy: ResourceKey;
  readonly name: string;
  /** The VPCs in which a private zone answers; `null` for a public zone. */
  readonly vpcs: readonly string[] | null;
  readonly records: readonly ZoneRecord[];
}

export interface ZoneRecord {
  /** May begin with `*.`. */
  readonly name: string;
  /** `A`, `CNAME`, `TXT`, … */
  readonly type: string;
  /** Seconds. An alias has the time to live of what it points at. */
  readonly ttl: number;
  readonly answer:
    | { readonly kind: 'values'; readonly values: readonly string[] }
    | { readonly kind: 'alias'; readonly target: string };
  /** How one of several records of the same name and type is chosen. */
  readonly routing: ZoneRouting;
}

type ZoneRouting =
  | { readonly kind: 'simple' }
  | { readonly kind: 'weighted'; readonly weight: number }
  | { readonly kind: 'multivalue' }
  /** Failover, latency, geography, address blocks: only a first answer is given, as health checks and places are modelled. */
  | { readonly kind: 'other'; readonly policy: 'failover' | 'latency' | 'geolocation' | 'geoproximity' | 'cidr' };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html */
export function hostedZones(inventory: Inventory): HostedZone[] {
  const sets = [
    ...ofType(inventory, 'AWS::Route53::RecordSet').map(({ properties }) => properties),
    ...ofType(inventory, 'AWS::Route53::RecordSetGroup').flatMap(({ properties }) =>
      objects(properties, 'RecordSets').map((set) => ({ ...zoneReference(properties), ...set })),
    ),
  ];
  return ofType(inventory, 'AWS::Route53::HostedZone').map((resource) => {
    const vpcs = objects(resource.properties, 'VPCs').flatMap((each) => text(each, 'VPCId') ?? []);
    const own = sets.filter((set) => belongsTo(set, resource));
    return {
      id: resource.physicalId,
      statedBy: resource.key,
      name: domainName(text(resource.properties, 'Name') ?? ''),
      vpcs: vpcs.length > 0 ? vpcs : null,
      records: own.map(zoneRecord),
    };
  });
}

function zoneReference(properties: JsonObject): JsonObject {
  const { HostedZoneId, HostedZoneName } = properties;
  return {
    ...(HostedZoneId === undefined ? {} : { HostedZoneId }),
    ...(HostedZoneName === undefined ? {} : { HostedZoneName }),
  };
}

function belongsTo(set: JsonObject, zone: Resource): boolean {
  const id = text(set, 'HostedZoneId');
  if (id !== undefined) return id.replace('/hostedzone/', '') === zone.physicalId.replace('/hostedzone/', '');
  return domainName(text(set, 'HostedZoneName') ?? '') === domainName(text(zone.properties, 'Name') ?? '');
}

function zoneRecord(set: JsonObject): ZoneRecord {
  const alias = text(object(set, 'AliasTarget'), 'DNSName');
  return {
    name: domainName(text(set, 'Name') ?? ''),
    type: text(set, 'Type') ?? 'A',
    ttl: number(set, 'TTL') ?? 300,
    answer:
      alias === undefined
        ? { kind: 'values', values: texts({ values: set.ResourceRecords ?? [] }, 'values') }
        : { kind: 'alias', target: domainName(alias) },
    routing: routing(set),
  };
}

function routing(set: JsonObject): ZoneRouting {
  const weight = number(set, 'Weight');
  if (weight !== undefined) return { kind: 'weighted', weight };
  if (flag(set, 'MultiValueAnswer')) return { kind: 'multivalue' };
  if (set.Failover !== undefined) return { kind: 'other', policy: 'failover' };
  if (set.Region !== undefined) return { kind: 'other', policy: 'latency' };
  if (set.GeoLocation !== undefined) return { kind: 'other', policy: 'geolocation' };
  if (set.GeoProximityLocation !== undefined) return { kind: 'other', policy: 'geoproximity' };
  if (set.CidrRoutingConfig !== undefined) return { kind: 'other', policy: 'cidr' };
  return { kind: 'simple' };
}

/**
 * Small letters, no final dot. A balancer's name with `dualstack.` in front, as CDK writes its aliases, is the
 * balancer's own: there is no other address family here.
 */
function domainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\\052\./, '*.')
    .replace(/^dualstack\.(?=.*\.elb\.amazonaws\.com)/, '');
}
