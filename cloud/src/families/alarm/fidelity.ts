import { words } from '../../words.ts';
import { modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::CloudWatch::Alarm': modelled(
    words('Priced and shown; it does not act yet.', '요금을 계산하고 보여 주지만 아직 동작하지 않습니다.'),
  ),
  'AWS::CloudWatch::CompositeAlarm': modelled(pricedOnly),
};
