import {
  byAccessLens,
  freeOnAws,
  modelled,
  pricedOnly,
  readOnly,
  real,
  type TypeFidelity,
} from '../families/contract/fidelity.ts';
import { words } from '../words.ts';

export const fidelityOfOperations: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Route53::HostedZone': real(
    words(
      'Answered by the region’s resolver; private zones in their VPCs only.',
      '리전의 리졸버가 답하며 프라이빗 영역은 해당 VPC에서만 보입니다.',
    ),
    {
      acts: 'Name VPCs HostedZoneConfig',
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
  'AWS::CloudFront::Distribution': modelled(pricedOnly),
  'AWS::CloudFront::VpcOrigin': modelled(freeOnAws),
  'AWS::GlobalAccelerator::Accelerator': modelled(pricedOnly),
  'AWS::GlobalAccelerator::Listener': modelled(freeOnAws),
  'AWS::GlobalAccelerator::EndpointGroup': modelled(freeOnAws),
  'AWS::CertificateManager::Certificate': modelled(readOnly),
  'AWS::Lambda::Function': modelled(
    words(
      'Priced and evaluated by the access lens; it does not run.',
      '요금과 접근 권한을 답하지만 실행되지 않습니다.',
    ),
  ),
  'AWS::Lambda::Permission': modelled(byAccessLens),
  'AWS::ApiGateway::RestApi': modelled(pricedOnly),
  'AWS::ApiGatewayV2::Api': modelled(pricedOnly),
  'AWS::ECS::Service': modelled(pricedOnly),
  'AWS::Route53Resolver::ResolverEndpoint': modelled(pricedOnly),
};
