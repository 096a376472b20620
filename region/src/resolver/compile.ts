import { type Address, formatAddress, formatPrefix } from '@terrace/cloud/address';
import { type Address6, formatAddress6 } from '@terrace/cloud/address6';
import type { NamesView, NamingVpc } from '@terrace/cloud/views/names';
import type { HostedZone, ZoneRecord } from '@terrace/cloud/views/names/hosted-zones';
import type {
  RecordType,
  ResolverConfiguration,
  ResolverRecord,
  ResolverZone,
  WeightedAnswer,
} from './configuration.ts';

/** What has come about while the region runs, that the template does not say. */
export interface Standing {
  /** Databases (physical ids) whose standby has taken over. */
  readonly failedOver?: ReadonlySet<string>;
  /** Zones, by load balancer (physical id), that its name leaves out: those without a healthy target behind an NLB. */
  readonly emptyZones?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Seconds that AWS's own names may be kept: 60 for load balancers, 5 for databases. */
const ttl = { balancer: 60, database: 5, instance: 60, service: 60 } as const;

/**
 * The resolver of one VPC: base of the primary range plus two, and 169.254.169.253. Without DNS support it
 * listens nowhere.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export function vpcResolver(names: NamesView, vpcId: string, standing: Standing = {}): ResolverConfiguration {
  const vpc = names.vpcs.find(({ id }) => id === vpcId);
  if (!vpc) throw new Error(`${vpcId} is not in the names view`);
  const addresses = [formatAddress(vpc.ranges[0]!.base + 2), '169.254.169.253'];
  const privateZones = vpc.dnsSupport && vpc.dnsHostnames;
  return {
    listen: vpc.dnsSupport ? addresses.map((address) => ({ address, port: 53 })) : [],
    clients: vpc.ranges.map(formatPrefix),
    zones: [
      ...supplied(names, vpc, standing),
      ...names.zones.filter((zone) => zone.vpcs === null).map((zone) => hostedZone(zone)),
      ...names.zones.filter((zone) => privateZones && zone.vpcs?.includes(vpcId)).map((zone) => hostedZone(zone)),
    ].reduce<ResolverZone[]>(preferPrivate, []),
  };
}

/** What everyone outside the region's VPCs is told: public zones, and public addresses of what has one. */
export function internetResolver(
  names: NamesView,
  listen: ResolverConfiguration['listen'],
  standing: Standing = {},
): ResolverConfiguration {
  return {
    listen,
    clients: null,
    zones: [
      ...supplied(names, null, standing),
      ...names.zones.filter((zone) => zone.vpcs === null).map((zone) => hostedZone(zone)),
    ],
  };
}

/** Of two zones of one name the later stands: private ones hide public ones. */
function preferPrivate(zones: ResolverZone[], zone: ResolverZone): ResolverZone[] {
  return [...zones.filter((each) => each.name !== zone.name), zone];
}

function supplied(names: NamesView, vpc: NamingVpc | null, standing: Standing): ResolverZone[] {
  const amazon = [
    ...balancerRecords(names, standing),
    ...databaseRecords(names, vpc, standing),
    ...publicInstanceRecords(names, vpc),
    ...serviceRecords(names, vpc),
  ];
  const domains = ['amazonaws.com', 'api.aws', 'ubuntu.com', 'debian.org'];
  const zones = domains.map((name) => ({ name, records: amazon.filter((record) => record.name.endsWith(`.${name}`)) }));
  return vpc ? [...zones, ...privateInstanceZones(names, vpc)] : zones;
}

/** An internet-facing balancer is public addresses to everyone, inside its VPC too; an internal one private addresses to everyone. */
function balancerRecords(names: NamesView, standing: Standing): ResolverRecord[] {
  return names.balancers.flatMap(({ id, name, internetFacing, nodes }) => {
    const empty = standing.emptyZones?.get(id);
    const listed = empty ? nodes.filter((node) => !empty.has(node.zone)) : nodes;
    const told = (some: typeof nodes) => some.flatMap((node) => (internetFacing ? (node.public ?? []) : node.private));
    // With no zone left, all are listed: it fails open.
    const values = told(listed.length > 0 ? listed : nodes);
    const six = (listed.length > 0 ? listed : nodes).flatMap((node) => node.six ?? []);
    return [name, `dualstack.${name}`].flatMap((each) => [
      addresses(each, ttl.balancer, values),
      ...addresses6(each, ttl.balancer, six),
    ]);
  });
}

function databaseRecords(names: NamesView, vpc: NamingVpc | null, standing: Standing): ResolverRecord[] {
  return names.databases.flatMap((database) => {
    const isOver = standing.failedOver?.has(database.id) && database.standby !== null;
    const inForce = isOver && database.standby !== null ? database.standby : database.primary;
    const six = isOver ? database.six.standby : database.six.primary;
    const inside = vpc !== null && (vpc.id === database.vpc || vpc.resolvesPrivately.includes(database.vpc));
    return [
      addresses(database.name, ttl.database, [inside ? inForce : (database.public ?? inForce)]),
      ...addresses6(database.name, ttl.database, six === null ? [] : [six]),
    ];
  });
}

function publicInstanceRecords(names: NamesView, vpc: NamingVpc | null): ResolverRecord[] {
  return names.instances.flatMap((instance) => {
    if (instance.publicName === null || instance.public === null) return [];
    const inside = vpc !== null && (vpc.id === instance.vpc || vpc.resolvesPrivately.includes(instance.vpc));
    return [addresses(instance.publicName, ttl.instance, [inside ? instance.private : instance.public])];
  });
}

function serviceRecords(names: NamesView, vpc: NamingVpc | null): ResolverRecord[] {
  const endpoints = vpc ? names.interfaceEndpoints.filter((endpoint) => endpoint.vpc === vpc.id) : [];
  const both = vpc?.dnsSupport && vpc.dnsHostnames;
  const withPrivateName = new Map(
    endpoints.filter((each) => each.privateDns && both).map((each) => [each.service, each]),
  );
  return [
    ...names.services.map(({ service, name, address }) => {
      const nodes = withPrivateName.get(service)?.nodes.map((node) => node.address);
      return addresses(name, ttl.service, nodes ?? [address]);
    }),
    ...names.interfaceEndpoints.flatMap((endpoint) =>
      endpoint.names.map((name) =>
        addresses(
          name,
          ttl.service,
          endpoint.nodes.map((node) => node.address),
        ),
      ),
    ),
  ];
}

/** `ip-10-10-1-5.REGION.compute.internal` and the way back, for the instances that are there. */
function privateInstanceZones(names: NamesView, vpc: NamingVpc): ResolverZone[] {
  const told = names.instances.filter((each) => each.vpc === vpc.id || vpc.resolvesPrivately.includes(each.vpc));
  const domain = names.region === 'us-east-1' ? 'ec2.internal' : `${names.region}.compute.internal`;
  const reverse = told.map(
    (each): ResolverRecord => ({
      name: `${formatAddress(each.private).split('.').reverse().join('.')}.in-addr.arpa`,
      type: 'PTR',
      answers: [{ weight: 1, answer: { kind: 'values', ttl: ttl.instance, values: [each.privateName] } }],
    }),
  );
  const resources = told.flatMap(({ resourceName, private: four }) =>
    resourceName === null
      ? []
      : [
          ...(resourceName.four ? [addresses(resourceName.name, ttl.instance, [four])] : []),
          ...addresses6(resourceName.name, ttl.instance, resourceName.six === null ? [] : [resourceName.six]),
        ],
  );
  return [
    {
      name: domain,
      records: [...told.map((each) => addresses(each.privateName, ttl.instance, [each.private])), ...resources],
    },
    { name: 'in-addr.arpa', records: reverse },
  ];
}

function hostedZone(zone: HostedZone): ResolverZone {
  const records = new Map<string, ResolverRecord>();
  for (const record of zone.records) {
    if (!isRecordType(record.type)) continue;
    const key = `${record.name} ${record.type}`;
    const same = records.get(key);
    records.set(
      key,
      same ? merged(same, record) : { name: record.name, type: record.type, answers: [weighted(record)] },
    );
  }
  return { name: zone.name, records: [...records.values()] };
}

/** Multivalue answers are given together; of policies that need health or place, the first stated stands. */
function merged(same: ResolverRecord, record: ZoneRecord): ResolverRecord {
  const added = weighted(record);
  if (record.routing.kind === 'weighted') return { ...same, answers: [...same.answers, added] };
  const first = same.answers[0]!.answer;
  if (record.routing.kind === 'multivalue' && first.kind === 'values' && added.answer.kind === 'values') {
    const answer = { ...first, values: [...first.values, ...added.answer.values] };
    return { ...same, answers: [{ weight: 1, answer }] };
  }
  return same;
}

function weighted({ answer, ttl: seconds, routing }: ZoneRecord): WeightedAnswer {
  const weight = routing.kind === 'weighted' ? routing.weight : 1;
  return { weight, answer: answer.kind === 'alias' ? answer : { ...answer, ttl: seconds } };
}

function isRecordType(type: string): type is RecordType {
  return ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'].includes(type);
}

function addresses(name: string, seconds: number, values: readonly Address[]): ResolverRecord {
  return {
    name,
    type: 'A',
    answers: [{ weight: 1, answer: { kind: 'values', ttl: seconds, values: values.map(formatAddress) } }],
  };
}

/** None where nobody has an IPv6 address: the name is there, without such a record. */
function addresses6(name: string, seconds: number, values: readonly Address6[]): ResolverRecord[] {
  if (values.length === 0) return [];
  const answer = { kind: 'values', ttl: seconds, values: values.map(formatAddress6) } as const;
  return [{ name, type: 'AAAA', answers: [{ weight: 1, answer }] }];
}
