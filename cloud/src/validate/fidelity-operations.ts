import {
  byAccessLens,
  freeOnAws,
  modelled,
  pricedOnly,
  readOnly,
  type TypeFidelity,
} from '../families/contract/fidelity.ts';
import { words } from '../words.ts';

export const fidelityOfOperations: Readonly<Record<string, TypeFidelity>> = {
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
};
