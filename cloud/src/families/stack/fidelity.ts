import { words } from '../../words.ts';
import { ignored, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';
import { isCertificateRequest } from './certificate-request.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::CloudFormation::Stack': real(
    words(
      'A nested stack: its resources are loaded as the others are.',
      '중첩 스택이며 그 리소스도 똑같이 불러옵니다.',
    ),
    {
      acts: 'TemplateURL Parameters',
      modelled: 'NotificationARNs TimeoutInMinutes',
    },
  ),
  'AWS::CloudFormation::WaitCondition': modelled(
    words('Never waits: signals are taken at once.', '기다리지 않고 신호를 바로 받습니다.'),
  ),
  'AWS::CloudFormation::WaitConditionHandle': modelled(
    words('Never waits: signals are taken at once.', '기다리지 않고 신호를 바로 받습니다.'),
  ),
  'AWS::CloudFormation::CustomResource': {
    ...ignored(
      words(
        'What its function does on AWS is not known here, so nothing of it is carried out.',
        'AWS에서 함수가 하는 일을 여기서는 알 수 없어 실행하지 않습니다.',
      ),
    ),
    modelled: new Set(['*']),
    unless: (properties) =>
      isCertificateRequest(properties)
        ? {
            fidelity: 'modelled',
            how: words(
              'A certificate that its function requests and validates by DNS; its ARN is known, and listeners show one of the region’s own.',
              '함수가 요청하고 DNS로 검증하는 인증서입니다. ARN을 알 수 있고 리스너는 로컬 리전의 인증서를 씁니다.',
            ),
          }
        : undefined,
  },
  'AWS::CDK::Metadata': ignored(words('CDK’s note about the constructs in use.', 'CDK가 남기는 구성 요소 정보입니다.')),
};
