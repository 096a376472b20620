import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';
import { deliveredProtocols } from './subscription.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SNS::Topic': real(
    words(
      'Takes what alarms and Auto Scaling groups publish and delivers it to its email subscriptions (terrace mail).',
      '경보와 Auto Scaling 그룹의 알림을 받아 이메일 구독으로 전달합니다(terrace mail).',
    ),
    { acts: 'DisplayName Subscription TopicName', modelled: '*' },
  ),
  'AWS::SNS::Subscription': real(
    words(
      'Mails go to the region’s mailbox; the subscription confirms itself.',
      '메일은 로컬 리전의 메일함으로 갑니다. 구독은 스스로 확인됩니다.',
    ),
    { acts: 'Endpoint FilterPolicy FilterPolicyScope Protocol TopicArn', modelled: '*' },
    (properties) => {
      const protocol = text(properties, 'Protocol') ?? '';
      if (deliveredProtocols.includes(protocol)) return undefined;
      return {
        fidelity: 'modelled',
        how: words(
          `Messages by ${protocol} are not delivered; each is told in terrace events.`,
          `${protocol} 프로토콜로는 전달하지 않고 terrace events에 표시합니다.`,
        ),
      };
    },
  ),
  'AWS::SNS::TopicPolicy': real(
    words(
      'Decides whether alarms and groups may publish; the access lens evaluates it.',
      '경보와 그룹이 게시할 수 있는지 정합니다. terrace access와 같은 방식으로 평가합니다.',
    ),
    { acts: 'PolicyDocument Topics' },
  ),
};
