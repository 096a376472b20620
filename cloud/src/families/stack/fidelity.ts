import { words } from '../../words.ts';
import { ignored, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

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
  'AWS::CDK::Metadata': ignored(words('CDK’s note about the constructs in use.', 'CDK가 남기는 구성 요소 정보입니다.')),
};
