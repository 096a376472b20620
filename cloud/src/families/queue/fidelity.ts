import { words } from '../../words.ts';
import { byAccessLens, modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SQS::Queue': modelled(words('Read, permitted and priced.', '읽고 권한과 요금을 계산합니다.')),
  'AWS::SQS::QueuePolicy': modelled(byAccessLens),
};
