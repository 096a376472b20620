import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, needed, range, unique } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { recordRules } from './record-rules.ts';

const types = ['AWS::Route53::RecordSet'];
const page = 'Route53/latest/APIReference/API_ResourceRecordSet.html';
const isAlias = ({ properties }: { properties: Parameters<typeof text>[0] }) => isStated(properties, 'AliasTarget');

/** What AWS refuses of records. */
export const rules: readonly Rule[] = [
  range({ types, path: 'TTL', from: 0, to: 2_147_483_647, page }),
  exclusive({ types, paths: ['AliasTarget', 'ResourceRecords'], page }),
  exclusive({ types, paths: ['AliasTarget', 'TTL'], page }),
  needed({
    types,
    paths: ['TTL'],
    said: words('A record that is no alias', '별칭이 아닌 레코드'),
    when: (resource) => !isAlias(resource) && isStated(resource.properties, 'ResourceRecords'),
    page,
    aws: "Invalid request: Missing field 'TTL'",
  }),
  exclusive({
    types,
    paths: ['HostedZoneId', 'HostedZoneName'],
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html',
  }),
  needed({
    types,
    paths: ['HostedZoneId', 'HostedZoneName'],
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html',
  }),
  ...recordRules,
  unique({
    types,
    path: 'Name',
    code: 'NAME_TAKEN',
    said: words(
      'A zone has one simple record of a name and type.',
      '영역에는 이름과 유형마다 단순 레코드가 하나입니다.',
    ),
    when: ({ properties }) => !isStated(properties, 'SetIdentifier'),
    key: ({ properties }, value) => {
      const zone = text(properties, 'HostedZoneId') ?? text(properties, 'HostedZoneName');
      return zone === undefined || !isKnown(zone) || isStated(properties, 'SetIdentifier')
        ? undefined
        : `${zone} ${String(value).toLowerCase().replace(/\.$/, '')} ${text(properties, 'Type')}`;
    },
    page,
    aws: 'Tried to create resource record set but it already exists',
  }),
];
