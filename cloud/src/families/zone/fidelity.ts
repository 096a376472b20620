import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Route53::HostedZone': real(
    words(
      'Answered by the region’s resolver; private zones in their VPCs only.',
      '리전의 리졸버가 답하며 프라이빗 영역은 해당 VPC에서만 보입니다.',
    ),
    {
      acts: 'Name VPCs',
      modelled: 'HostedZoneTags QueryLoggingConfig',
    },
  ),
  'AWS::Route53::RecordSet': real(words('Answered by the region’s resolver.', '리전의 리졸버가 답합니다.'), {
    acts: 'Name Type TTL ResourceRecords AliasTarget HostedZoneId HostedZoneName',
    modelled: 'SetIdentifier Weight Failover Region GeoLocation MultiValueAnswer HealthCheckId',
  }),
  'AWS::Route53::RecordSetGroup': real(words('Answered by the region’s resolver.', '리전의 리졸버가 답합니다.'), {
    acts: 'RecordSets HostedZoneId HostedZoneName',
  }),
};
