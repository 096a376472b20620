import { words } from '../../words.ts';
import { byAccessLens, modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SQS::Queue': modelled(
    words('Read and permitted; its price is not known here.', '읽고 권한을 답합니다. 요금은 여기서 알 수 없습니다.'),
  ),
  'AWS::SQS::QueuePolicy': modelled(byAccessLens),
};
