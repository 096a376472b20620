import { words } from '../../words.ts';
import { modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::KMS::Key': modelled(
    words(
      'Evaluated by the access lens and priced; nothing is encrypted with it.',
      '접근 렌즈가 평가하고 요금을 계산하지만 실제로 암호화하지는 않습니다.',
    ),
  ),
  'AWS::KMS::Alias': modelled(words('A name of a key.', '키의 이름입니다.')),
};
