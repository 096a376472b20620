import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { because, nameTag } from '../reason.ts';
import { type Words, words } from '../words.ts';

/**
 * A topic whose messages reach an administrator by mail, once the stack's parameter `AlertEmail` names one (whoever it names has to
 * confirm the first mail). `publisher` is the AWS service that writes to it.
 */
export function alertTopic(
  scope: Construct,
  id: string,
  topic: { readonly name: string; readonly publishers: readonly string[]; readonly reason: Words },
): CfnTopic {
  const made = because(new CfnTopic(scope, id, { tags: nameTag(topic.name) }), 'operations', topic.reason);
  because(
    new CfnTopicPolicy(scope, `${id}Policy`, {
      topics: [made.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'PublishersOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: [...topic.publishers] },
            Action: 'sns:Publish',
            Resource: made.ref,
            Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
          },
          {
            Sid: 'EncryptedConnectionsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: made.ref,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
    'operations',
    words(
      'Lets the services that raise the alarm write to the topic, for this account only and encrypted.',
      '경보를 내는 서비스만, 이 계정에 대해서만, 암호화된 연결로 주제에 쓸 수 있게 합니다.',
    ),
  );
  const { parameter, condition } = alertEmail(scope);
  const subscription = because(
    new CfnSubscription(scope, `${id}Mail`, {
      topicArn: made.ref,
      protocol: 'email',
      endpoint: parameter.valueAsString,
    }),
    'operations',
    words(
      'Somebody reads it. The first thousand mails a month are free.',
      '누군가 읽어야 의미가 있습니다. 메일은 한 달에 1,000건까지 무료입니다.',
    ),
  );
  subscription.cfnOptions.condition = condition;
  return made;
}

function alertEmail(scope: Construct): { parameter: CfnParameter; condition: CfnCondition } {
  const stack = Stack.of(scope);
  const existing = stack.node.tryFindChild('AlertEmail') as CfnParameter | undefined;
  const parameter =
    existing ??
    new CfnParameter(stack, 'AlertEmail', {
      type: 'String',
      default: '',
      allowedPattern: '^$|^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      constraintDescription: 'a mail address, or nothing / 메일 주소이거나 빈 값이어야 합니다',
      description:
        'Who is told when something is wrong; empty for nobody / 문제가 생기면 알릴 메일 주소, 비우면 알리지 않음',
    });
  const condition =
    (stack.node.tryFindChild('HasAlertEmail') as CfnCondition | undefined) ??
    new CfnCondition(stack, 'HasAlertEmail', {
      expression: Fn.conditionNot(Fn.conditionEquals(parameter.valueAsString, '')),
    });
  return { parameter, condition };
}
