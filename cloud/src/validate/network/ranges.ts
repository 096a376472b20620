import { formatPrefix, holdsPrefix, overlap, type Prefix, parsePrefix } from '../../address.ts';
import type { Resource } from '../../inventory.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import type { NetworkSite } from './site.ts';

/**
 * Ranges of VPCs and subnets: well formed, within each other, apart from each other.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 * https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html
 */
export function checkRanges(site: NetworkSite): void {
  for (const resource of site.ofType('AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::Subnet'))
    checkForm(site, resource);
  checkSubnets(site);
  checkPeerings(site);
}

function checkForm(site: NetworkSite, resource: Resource): void {
  const text = resource.properties.CidrBlock;
  if (typeof text !== 'string') return;
  const prefix = parsePrefix(text);
  if (prefix && prefix.length >= 16 && prefix.length <= 28) return;
  site.report(
    mistake('BAD_RANGE', site.at(resource, 'Properties', 'CidrBlock'), {
      cause: prefix
        ? words(`${text} is not between /16 and /28.`, `${text}{은/는} /16과 /28 사이가 아닙니다.`)
        : words(`"${text}" is not an IPv4 range.`, `"${text}"{은/는} IPv4 대역이 아닙니다.`),
      next: words(
        'Write it as 10.10.0.0/16, with a length of 16 to 28.',
        '10.10.0.0/16처럼 쓰고 길이는 16–28로 하세요.',
      ),
    }),
  );
}

function checkSubnets(site: NetworkSite): void {
  const byVpc = new Map<Resource, { subnet: Resource; range: Prefix }[]>();
  for (const subnet of site.standing('AWS::EC2::Subnet')) {
    const range = parsePrefix(String(subnet.properties.CidrBlock));
    const vpc = site.find(subnet.properties.VpcId);
    if (!range || vpc?.type !== 'AWS::EC2::VPC') continue;
    const siblings = byVpc.get(vpc) ?? [];
    byVpc.set(vpc, siblings);
    siblings.push({ subnet, range });
  }
  for (const [vpc, subnets] of byVpc) {
    const ranges = site.rangesOf(vpc);
    const taken = subnets.map((each) => each.range);
    for (const { subnet, range } of subnets) {
      if (site.isOutside(subnet) || ranges.length === 0 || ranges.some((outer) => holdsPrefix(outer, range))) continue;
      site.report(outside(site, vpc, subnet, range, suggest(ranges, taken, range.length)));
    }
    reportOverlaps(site, subnets, (length) => suggest(ranges, taken, length));
  }
}

function reportOverlaps(
  site: NetworkSite,
  subnets: readonly { subnet: Resource; range: Prefix }[],
  suggestion: (length: number) => string | undefined,
): void {
  const sorted = [...subnets].sort((a, b) => a.range.base - b.range.base || a.range.length - b.range.length);
  let widest: { subnet: Resource; range: Prefix } | undefined;
  for (const each of sorted) {
    if (widest && overlap(widest.range, each.range)) {
      const [stated, other] = site.isOutside(each.subnet) ? [widest, each] : [each, widest];
      if (site.isOutside(stated.subnet)) continue;
      const free = suggestion(stated.range.length);
      site.report(
        mistake('SUBNETS_OVERLAP', site.at(stated.subnet, 'Properties', 'CidrBlock'), {
          cause: words(
            `${formatPrefix(stated.range)} overlaps ${formatPrefix(other.range)} of ${other.subnet.logicalId}.`,
            `${formatPrefix(stated.range)}{이/가} ${other.subnet.logicalId}의 ${formatPrefix(other.range)}{과/와} 겹칩니다.`,
          ),
          next: choose(free),
        }),
      );
    } else {
      widest = each;
    }
  }
}

function outside(site: NetworkSite, vpc: Resource, subnet: Resource, range: Prefix, free: string | undefined) {
  const inside = site.rangesOf(vpc).map(formatPrefix).join(', ');
  return mistake('SUBNET_OUTSIDE_VPC', site.at(subnet, 'Properties', 'CidrBlock'), {
    cause: words(
      `${formatPrefix(range)} is not within ${inside} of ${vpc.logicalId}.`,
      `${formatPrefix(range)}{은/는} ${vpc.logicalId}의 ${inside} 안에 있지 않습니다.`,
    ),
    next: choose(free),
  });
}

function choose(free: string | undefined) {
  return free
    ? words(`Choose a free range, for example ${free}.`, `비어 있는 대역을 고르세요. 예: ${free}`)
    : words('Choose a free range of the VPC, or a larger VPC.', 'VPC의 비어 있는 대역을 고르거나 VPC를 키우세요.');
}

/** The first range of this length within `ranges` that none of `taken` touches. */
function suggest(ranges: readonly Prefix[], taken: readonly Prefix[], length: number): string | undefined {
  for (const outer of ranges) {
    if (length < outer.length) continue;
    const size = 2 ** (32 - length);
    const count = Math.min(2 ** (length - outer.length), 4096);
    for (let index = 0; index < count; index++) {
      const candidate: Prefix = { family: 4, base: outer.base + index * size, length };
      if (!taken.some((each) => overlap(each, candidate))) return formatPrefix(candidate);
    }
  }
  return undefined;
}

function checkPeerings(site: NetworkSite): void {
  for (const peering of site.ofType('AWS::EC2::VPCPeeringConnection')) {
    const [one, other] = [site.find(peering.properties.VpcId), site.find(peering.properties.PeerVpcId)];
    if (one?.type !== 'AWS::EC2::VPC' || other?.type !== 'AWS::EC2::VPC') continue;
    const pair = site.rangesOf(one).flatMap((a) => site.rangesOf(other).map((b) => [a, b] as const));
    const clash = pair.find(([a, b]) => overlap(a, b));
    if (!clash) continue;
    site.report(
      mistake('PEERED_VPCS_OVERLAP', site.at(peering, 'Properties', 'PeerVpcId'), {
        cause: words(
          `${formatPrefix(clash[0])} of ${one.logicalId} overlaps ${formatPrefix(clash[1])} of ${other.logicalId}; AWS refuses to peer them.`,
          `${one.logicalId}의 ${formatPrefix(clash[0])}{과/와} ${other.logicalId}의 ${formatPrefix(clash[1])}{이/가} 겹칩니다. AWS는 이런 피어링을 거부합니다.`,
        ),
        next: words('Give one of the two VPCs another range.', '두 VPC 중 하나의 대역을 바꾸세요.'),
      }),
    );
  }
}
