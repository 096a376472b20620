import { number } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, needed, range } from '../contract/rows.ts';
import { type Fault, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::EC2::NetworkAclEntry'];
const page = 'AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html';

/** TCP and UDP: their entries state ports. */
const withPorts = [6, 17];
/** ICMP and ICMPv6: their entries state type and code. */
const withTypes = [1, 58];

/** What AWS refuses of entries of network ACLs. */
export const rules: readonly Rule[] = [
  range({ types, path: 'RuleNumber', from: 1, to: 32_766, page }),
  range({ types, path: 'Protocol', from: -1, to: 255, page }),
  exclusive({ types, paths: ['CidrBlock', 'Ipv6CidrBlock'], page }),
  needed({
    types,
    paths: ['CidrBlock', 'Ipv6CidrBlock'],
    page,
    aws: 'The request must contain exactly one of: cidrBlock, ipv6CidrBlock',
  }),
  needed({
    types,
    paths: ['PortRange'],
    said: words('An entry for TCP or UDP', 'TCP·UDP 항목'),
    when: ({ properties }) => withPorts.includes(number(properties, 'Protocol') ?? -1),
    page,
    aws: 'The request must contain the parameter portRange',
  }),
  needed({
    types,
    paths: ['Icmp'],
    said: words('An entry for ICMP', 'ICMP 항목'),
    when: ({ properties }) => withTypes.includes(number(properties, 'Protocol') ?? -1),
    page,
    aws: 'The request must contain the parameter icmp',
  }),
  {
    code: 'BAD_PORTS',
    types,
    page,
    what: words('Ports are 0 to 65535, the lower first.', '포트는 0~65535이고 작은 값을 먼저 씁니다.'),
    check: ({ properties }): Fault[] => {
      const [from, to] = ['From', 'To'].map((name) => {
        const value = valuesAt(properties, `PortRange.${name}`)[0]?.[1];
        return value === undefined ? undefined : number({ value }, 'value');
      });
      if (!withPorts.includes(number(properties, 'Protocol') ?? -1) || !isStated(properties, 'PortRange')) return [];
      const fits = (port: number | undefined) => port === undefined || (port >= 0 && port <= 65_535);
      if (fits(from) && fits(to) && (from ?? 0) <= (to ?? 65_535)) return [];
      return [
        {
          at: ['PortRange'],
          cause: words(`${from} to ${to} is not a range of ports.`, `${from}부터 ${to}까지는 포트 범위가 아닙니다.`),
          next: words('Write 0 to 65535, the lower first.', '0~65535 안에서 작은 값을 먼저 쓰세요.'),
        },
      ];
    },
  },
];
