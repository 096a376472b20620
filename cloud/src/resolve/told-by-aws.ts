import { words } from '../words.ts';
import { type NotKnown, notKnown } from './not-known.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** An attribute that only a deployment tells. */
export function untold(logicalId: string, type: string, name: string): NotKnown {
  if (isCustom(type)) return toldByProvider(logicalId, type, name);
  return notKnown(
    words(
      `Only a deployment tells ${logicalId}.${name} (${type}), so its value is not known here.`,
      `${logicalId}.${name}(${type})의 값은 배포해야 정해지므로 여기서는 알 수 없습니다.`,
    ),
    giveByParameter,
  );
}

/** What the function of a custom resource answers. */
export function toldByProvider(logicalId: string, type: string, name: string): NotKnown {
  const what = name === 'Ref' ? `Ref ${logicalId}` : `${logicalId}.${name}`;
  return notKnown(
    words(
      `The function behind ${logicalId} (${type}) tells ${what} on AWS, so its value is not known here.`,
      `${what}의 값은 AWS에서 ${logicalId}(${type})의 함수가 정하므로 여기서는 알 수 없습니다.`,
    ),
    giveByParameter,
  );
}

const giveByParameter = words(
  'To know more here, take the value from a parameter and give it with --parameter.',
  '더 알아보려면 값을 파라미터로 받게 하고 --parameter로 지정하세요.',
);
