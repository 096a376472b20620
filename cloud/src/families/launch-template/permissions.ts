import { given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { listsLaunchChoices, listsProfiles } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::LaunchTemplate', ['launch template', '시작 템플릿'], 'ec2/launch-template', {
    create: [
      'ec2:CreateLaunchTemplate',
      given('TagSpecifications LaunchTemplateData.TagSpecifications', 'ec2:CreateTags'),
    ],
    read: ['ec2:DescribeLaunchTemplates'],
    update: ['ec2:CreateLaunchTemplateVersion', 'ec2:CreateTags DeleteTags'],
    delete: ['ec2:DeleteLaunchTemplate DescribeLaunchTemplates', given('TagSpecifications', 'ec2:DeleteTags')],
    console: [
      {
        ...given(
          'LaunchTemplateData',
          'ec2:DescribeImages DescribeInstanceTypes DescribeKeyPairs DescribeSecurityGroups DescribeSubnets',
        ),
        reason: listsLaunchChoices,
      },
      given('LaunchTemplateData.IamInstanceProfile', 'iam:ListInstanceProfiles', listsProfiles),
    ],
  }),
];
