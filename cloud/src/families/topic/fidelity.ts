import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';
import { isDelivered, isWeb } from './subscription.ts';

const elsewhere = words(
  'Messages by http and https are posted to receivers on this machine (127.0.0.1) alone; each other one is told in terrace events.',
  'HTTP와 HTTPS 메시지는 이 컴퓨터(127.0.0.1)의 수신자에게만 보냅니다. 나머지는 terrace events에 표시합니다.',
);

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::SNS::Topic': real(
    words(
      'Takes what alarms and Auto Scaling groups publish and delivers it to its subscriptions by mail (terrace mail), http and https.',
      '경보와 Auto Scaling 그룹의 알림을 받아 이메일(terrace mail), HTTP, HTTPS 구독으로 전달합니다.',
    ),
    { acts: 'DisplayName SignatureVersion Subscription TopicName', modelled: '*' },
  ),
  'AWS::SNS::Subscription': real(
    words(
      'Mails go to the region’s mailbox, and receivers on this machine get AWS’s signed messages by http and https.',
      '메일은 로컬 리전의 메일함으로 가고, 이 컴퓨터의 수신자에게는 HTTP와 HTTPS로 서명된 메시지를 보냅니다.',
    ),
    { acts: 'Endpoint FilterPolicy FilterPolicyScope Protocol RawMessageDelivery TopicArn', modelled: '*' },
    (properties) => {
      const protocol = text(properties, 'Protocol') ?? '';
      const endpoint = text(properties, 'Endpoint') ?? '';
      if (isDelivered({ protocol, endpoint })) return undefined;
      if (isWeb({ protocol })) return { fidelity: 'modelled', how: elsewhere };
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
