import { always, given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { because, passesRole } from '../contract/reasons.ts';

const ownCode = because(
  'CloudFormation has your own code make the thing, and calls it in your name',
  'CloudFormation이 호출자 권한으로 직접 작성한 코드를 불러 만들게 합니다',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html',
);
const called = [always('lambda:InvokeFunction', ownCode)];

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CloudFormation::Stack', ['nested stack', '중첩 스택'], 'cloudformation/stack', {
    create: [
      'cloudformation:CreateStack DescribeStacks',
      given('TemplateURL', 's3:GetObject'),
      given('RoleARN', 'iam:PassRole', passesRole('cloudformation.amazonaws.com', 'RoleARN')),
    ],
    read: ['cloudformation:DescribeStacks'],
    update: [
      'cloudformation:UpdateStack DescribeStacks',
      given('TemplateURL', 's3:GetObject'),
      given('RoleARN', 'iam:PassRole', passesRole('cloudformation.amazonaws.com', 'RoleARN')),
      given('EnableTerminationProtection', 'cloudformation:UpdateTerminationProtection'),
      given('StackPolicyBody StackPolicyURL', 'cloudformation:SetStackPolicy'),
    ],
    delete: ['cloudformation:DeleteStack DescribeStacks'],
  }),
  needsOf('AWS::CloudFormation::CustomResource', ['custom resource', '사용자 지정 리소스'], null, {
    create: called,
    update: called,
    delete: called,
  }),
  // These exist only within CloudFormation and ask for nothing of their own.
  needsOf('AWS::CloudFormation::WaitCondition', ['wait condition', '대기 조건'], null, {}),
  needsOf('AWS::CloudFormation::WaitConditionHandle', ["wait condition's handle", '대기 조건 핸들'], null, {}),
  needsOf('AWS::CDK::Metadata', ["CDK's metadata", 'CDK 메타데이터'], null, {}),
];
