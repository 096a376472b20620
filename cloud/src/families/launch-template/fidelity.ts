import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::LaunchTemplate': real(
    words('What instances of a group start with.', '그룹의 인스턴스가 시작할 때 쓰는 설정입니다.'),
    {
      acts: 'LaunchTemplateData',
      modelled: 'LaunchTemplateName VersionDescription TagSpecifications',
    },
  ),
};
