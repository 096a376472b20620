import type { Resource } from '../../inventory.ts';
import { flag, text } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, refused } from '../contract/refused.ts';
import { form, notFor } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::EC2::VPCEndpoint'];
const page = 'AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html';

/** AWS's default is a gateway endpoint. */
const typeOf = ({ properties }: Resource) => text(properties, 'VpcEndpointType') ?? 'Gateway';
const isInterface = (resource: Resource) => typeOf(resource) === 'Interface';
const isGateway = (resource: Resource) => typeOf(resource) === 'Gateway';

/** What AWS refuses of endpoints. */
export const rules: readonly Rule[] = [
  {
    code: 'ENDPOINT_TYPE',
    types,
    page: 'vpc/latest/privatelink/gateway-endpoints.html',
    what: words(
      'Gateway endpoints are for S3 and DynamoDB; DynamoDB and S3 have interface endpoints as well.',
      '게이트웨이 엔드포인트는 S3와 DynamoDB에만 있습니다.',
    ),
    check: (resource) => {
      const service = text(resource.properties, 'ServiceName');
      if (!isGateway(resource) || service === undefined || !isKnown(service)) return [];
      if (/\.(s3|dynamodb|s3express)$/.test(service)) return [];
      return [
        {
          at: [resource.properties.VpcEndpointType === undefined ? 'ServiceName' : 'VpcEndpointType'],
          cause: words(
            `${service} has no gateway endpoints; a VPCEndpoint without VpcEndpointType is one.`,
            `${service}에는 게이트웨이 엔드포인트가 없습니다. VpcEndpointType이 없으면 게이트웨이입니다.`,
          ),
          next: words(
            'Write VpcEndpointType: Interface, with SubnetIds.',
            'VpcEndpointType을 Interface로 쓰고 SubnetIds를 지정하세요.',
          ),
          aws: `Endpoint type (Gateway) does not match available service types ([Interface]).`,
        },
      ];
    },
  },
  ...['SubnetIds', 'SecurityGroupIds'].map((path) =>
    notFor({
      types,
      path: `${path}.*`,
      kind: words('a gateway endpoint', '게이트웨이 엔드포인트'),
      when: isGateway,
      page,
    }),
  ),
  notFor({
    types,
    path: 'PrivateDnsEnabled',
    kind: words('a gateway endpoint', '게이트웨이 엔드포인트'),
    when: (resource) => isGateway(resource) && flag(resource.properties, 'PrivateDnsEnabled') === true,
    page,
    aws: "Private DNS can't be enabled for gateway endpoints",
  }),
  notFor({
    types,
    path: 'RouteTableIds.*',
    kind: words('an interface endpoint', '인터페이스 엔드포인트'),
    when: isInterface,
    page,
  }),
  {
    code: 'ZONE_TWICE',
    types,
    page: 'vpc/latest/privatelink/create-interface-endpoint.html',
    what: words(
      'An interface endpoint has one subnet of a zone.',
      '인터페이스 엔드포인트는 가용 영역마다 서브넷 하나만 씁니다.',
    ),
    check: ({ properties }, estate) => {
      const seen = new Set<string>();
      return valuesAt(properties, 'SubnetIds.*').flatMap(([at, id]): Fault[] => {
        const subnet = estate.find(id);
        const zone = subnet?.attributes.AvailabilityZone;
        if (typeof zone !== 'string') return [];
        if (!seen.has(zone)) {
          seen.add(zone);
          return [];
        }
        return [
          {
            at,
            cause: words(`A second subnet is in ${zone}.`, `${zone}에 서브넷이 둘 있습니다.`),
            next: words('Name one subnet of each zone.', '가용 영역마다 서브넷 하나만 지정하세요.'),
            aws: `Found another VPC endpoint subnet in the availability zone of ${String(id)}`,
          },
        ];
      });
    },
  },
  {
    code: 'PRIVATE_NAME_TAKEN',
    types,
    page: 'vpc/latest/privatelink/create-interface-endpoint.html',
    what: words(
      'In a VPC one endpoint of a service has the private DNS name.',
      '한 VPC에서 서비스의 프라이빗 DNS 이름은 엔드포인트 하나만 씁니다.',
    ),
    check: (resource, estate) => {
      const key = privateName(resource);
      const first = key === undefined ? undefined : estate.ofType(...types).find((other) => privateName(other) === key);
      if (!first || first === resource) return [];
      return [
        {
          at: ['PrivateDnsEnabled'],
          cause: words(
            `${first.logicalId} has the private DNS name of this service in the VPC already.`,
            `${first.logicalId}{이/가} 이 VPC에서 이 서비스의 프라이빗 DNS 이름을 이미 씁니다.`,
          ),
          next: words(
            'Add its subnets to that endpoint, or write PrivateDnsEnabled: false.',
            '그 엔드포인트에 서브넷을 더하거나 PrivateDnsEnabled를 false로 쓰세요.',
          ),
          aws: 'private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC',
        },
      ];
    },
  },
  {
    code: 'DNS_OFF',
    types,
    page: 'vpc/latest/privatelink/create-interface-endpoint.html',
    what: words(
      'Private DNS names need DNS support and host names of the VPC.',
      '프라이빗 DNS 이름에는 VPC의 DNS 지원과 호스트 이름이 필요합니다.',
    ),
    check: (resource, estate) => {
      const vpc = estate.find(resource.properties.VpcId);
      if (
        !isInterface(resource) ||
        flag(resource.properties, 'PrivateDnsEnabled') !== true ||
        vpc?.type !== 'AWS::EC2::VPC'
      )
        return [];
      const support = flag(vpc.properties, 'EnableDnsSupport') !== false;
      const names = flag(vpc.properties, 'EnableDnsHostnames') ?? isStated(vpc.properties, 'EnableDnsHostnames');
      if (support && names) return [];
      return [
        {
          at: ['PrivateDnsEnabled'],
          cause: words(
            `${vpc.logicalId} has no ${support ? 'EnableDnsHostnames' : 'EnableDnsSupport'}.`,
            `${vpc.logicalId}에 ${support ? 'EnableDnsHostnames' : 'EnableDnsSupport'}{이/가} 꺼져 있습니다.`,
          ),
          next: words(
            'Write EnableDnsSupport: true and EnableDnsHostnames: true on the VPC.',
            'VPC에 EnableDnsSupport와 EnableDnsHostnames를 true로 쓰세요.',
          ),
          aws: 'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true',
        },
      ];
    },
  },
  form({
    types,
    path: 'ServiceName',
    code: 'WRONG_FORM',
    pattern: /^[a-z][\w-]*\.[\w.*-]+$/,
    said: words(
      'a service is written as com.amazonaws.ap-northeast-2.ssm',
      '서비스는 com.amazonaws.ap-northeast-2.ssm처럼 씁니다.',
    ),
    page,
    aws: (name) => `The Vpc Endpoint Service '${name}' does not exist`,
  }),
  refused({
    code: 'OTHER_REGION',
    types,
    page,
    what: words(
      'An endpoint is for a service of its region, unless ServiceRegion names another.',
      '엔드포인트의 서비스는 같은 리전의 것이어야 합니다. 다른 리전이면 ServiceRegion을 씁니다.',
    ),
    where: (resource, estate) => {
      const name = text(resource.properties, 'ServiceName') ?? '';
      const region = /^com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(name)?.[1];
      const own = estate.homeOf(resource).split(' ')[1];
      return region !== undefined && region !== own && !isStated(resource.properties, 'ServiceRegion')
        ? ['ServiceName']
        : [];
    },
    aws: 'The Vpc Endpoint Service does not exist',
  }),
  identifier({ types, path: 'SubnetIds.*', prefixes: ['subnet'], page }),
  identifier({ types, path: 'SecurityGroupIds.*', prefixes: ['sg'], page }),
  identifier({ types, path: 'RouteTableIds.*', prefixes: ['rtb'], page }),
];

function privateName(resource: Resource): string | undefined {
  const { properties } = resource;
  const [vpc, service] = [text(properties, 'VpcId'), text(properties, 'ServiceName')];
  const named = isInterface(resource) && flag(properties, 'PrivateDnsEnabled') === true;
  return named && isKnown(vpc) && isKnown(service) && vpc && service ? `${vpc} ${service}` : undefined;
}
