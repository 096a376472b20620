import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SSM::Parameter': real(
    words('Answered to instances, and to references in templates.', '인스턴스와 템플릿의 참조에 답합니다.'),
    {
      acts: 'Name Value Type',
      modelled: 'Tier DataType AllowedPattern Policies',
    },
  ),
};
