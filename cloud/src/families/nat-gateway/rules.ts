import type { Resource } from '../../inventory.ts';
import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, refused } from '../contract/refused.ts';
import { exclusive, needed, notFor, unique } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';
import { lacksInternetGateway } from '../internet-gateway/attached.ts';

const types = ['AWS::EC2::NatGateway'];
const page = 'AWSEC2/latest/APIReference/API_CreateNatGateway.html';
const isPrivate = ({ properties }: Resource) => text(properties, 'ConnectivityType') === 'private';
/** A regional gateway takes its addresses by itself, or by zone. */
const isZonal = ({ properties }: Resource) => (text(properties, 'AvailabilityMode') ?? 'zonal') === 'zonal';

/** What AWS refuses of NAT gateways. */
export const rules: readonly Rule[] = [
  needed({
    types,
    paths: ['AllocationId'],
    said: words('A public NAT gateway', '퍼블릭 NAT 게이트웨이'),
    when: (resource) => !isPrivate(resource) && isZonal(resource),
    page,
    aws: 'AllocationId must be specified for a public NAT gateway',
  }),
  ...['AllocationId', 'SecondaryAllocationIds'].map((path) =>
    notFor({ types, path, kind: words('a private NAT gateway', '프라이빗 NAT 게이트웨이'), when: isPrivate, page }),
  ),
  unique({
    types,
    path: 'AllocationId',
    code: 'ADDRESS_IN_USE',
    said: words(
      'An Elastic IP address serves one NAT gateway.',
      '탄력적 IP 주소는 NAT 게이트웨이 하나에만 쓸 수 있습니다.',
    ),
    key: (_, value) => String(value),
    page,
    aws: 'Elastic IP address is already associated',
  }),
  identifier({ types, path: 'AllocationId', prefixes: ['eipalloc'], page }),
  identifier({ types, path: 'SecondaryAllocationIds.*', prefixes: ['eipalloc'], page }),
  notFor({
    types,
    path: 'SecondaryPrivateIpAddressCount',
    kind: words('a public NAT gateway', '퍼블릭 NAT 게이트웨이'),
    when: (resource) => !isPrivate(resource) && isKnown(resource.properties.ConnectivityType ?? null),
    page,
  }),
  exclusive({ types, paths: ['SecondaryPrivateIpAddresses', 'SecondaryPrivateIpAddressCount'], page }),
  refused({
    code: 'VPC_WITHOUT_INTERNET_GATEWAY',
    types,
    page: 'vpc/latest/userguide/nat-gateway-troubleshooting.html',
    what: words(
      'A public NAT gateway needs an internet gateway at its VPC.',
      '퍼블릭 NAT 게이트웨이의 VPC에는 인터넷 게이트웨이가 필요합니다.',
    ),
    next: words(
      'Attach an internet gateway to the VPC, or write ConnectivityType: private.',
      'VPC에 인터넷 게이트웨이를 연결하거나 ConnectivityType을 private으로 쓰세요.',
    ),
    where: (resource, estate) => {
      const home = estate.find(resource.properties.SubnetId)?.properties.VpcId;
      const isPublic =
        !isPrivate(resource) && isZonal(resource) && isKnown(resource.properties.ConnectivityType ?? null);
      return isPublic && lacksInternetGateway(estate, home) ? ['SubnetId'] : [];
    },
    aws: 'Network has no Internet gateway attached',
  }),
];
