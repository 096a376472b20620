import { words } from '../../words.ts';
import { byAccessLens, modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Lambda::Function': modelled(
    words(
      'Priced and evaluated by the access lens; it does not run.',
      '요금과 접근 권한을 답하지만 실행되지 않습니다.',
    ),
  ),
  'AWS::Lambda::Permission': modelled(byAccessLens),
};
