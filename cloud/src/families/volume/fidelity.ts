import { words } from '../../words.ts';
import { modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::Volume': modelled(
    words(
      'Priced only; an instance’s disk is its copy-on-write layer.',
      '요금만 계산합니다. 인스턴스 디스크는 쓰기 시 복사 계층입니다.',
    ),
  ),
  'AWS::EC2::VolumeAttachment': modelled(words('Read only.', '읽기만 합니다.')),
};
