import { words } from '../../words.ts';
import { byAccessLens, freeOnAws, modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SNS::Topic': modelled(
    words('Priced and shown; it does not act yet.', '요금을 계산하고 보여 주지만 아직 동작하지 않습니다.'),
  ),
  'AWS::SNS::Subscription': modelled(freeOnAws),
  'AWS::SNS::TopicPolicy': modelled(byAccessLens),
};
