import { words } from '../../words.ts';
import { modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Events::Rule': modelled(
    words('Read and shown; it does not act yet.', '읽고 보여 주지만 아직 동작하지 않습니다.'),
  ),
};
