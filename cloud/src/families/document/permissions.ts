import { always, given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole, serviceLinkedRole } from '../contract/reasons.ts';

const documentRole = passesRole(
  'ssm.amazonaws.com',
  'Content.assumeRole',
  'AutomationTargetParameterName',
  'Parameters.AutomationAssumeRole',
);
const groups = given('Targets', 'resource-groups:GetGroupQuery ListGroups ListGroupResources');

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::SSM::Document', ['SSM document', 'SSM 문서'], 'ssm/document', {
    create: [
      'ssm:CreateDocument',
      given('Attachments', 's3:GetObject'),
      given('Content.assumeRole', 'iam:PassRole', documentRole),
      tagged('ssm:AddTagsToResource'),
      'ssm:GetDocument',
      tagged('ssm:ListTagsForResource'),
    ],
    read: ['ssm:GetDocument'],
    update: [
      'ssm:UpdateDocument UpdateDocumentDefaultVersion DescribeDocument AddTagsToResource RemoveTagsFromResource ListTagsForResource',
      given('Attachments', 's3:GetObject'),
      given('Content.assumeRole', 'iam:PassRole', documentRole),
    ],
    delete: ['ssm:DeleteDocument', 'ssm:GetDocument'],
  }),
  needsOf('AWS::SSM::Association', ['SSM association', 'SSM 연결'], 'ssm/association', {
    create: [
      'ssm:CreateAssociation DescribeAssociation',
      given('WaitForSuccessTimeoutSeconds InstanceId', 'ec2:DescribeInstanceStatus'),
      given('Parameters.AutomationAssumeRole', 'iam:PassRole', documentRole),
      given('CalendarNames', 'ssm:GetCalendarState'),
      tagged('ssm:AddTagsToResource ListTagsForResource'),
      always('iam:CreateServiceLinkedRole', serviceLinkedRole('ssm.amazonaws.com')),
      given(
        'AssociationDispatchAssumeRole',
        'iam:PassRole',
        passesRole('ssm.amazonaws.com', 'AssociationDispatchAssumeRole'),
      ),
    ],
    read: ['ssm:DescribeAssociation', groups],
    update: [
      'ssm:UpdateAssociation',
      given('Parameters.AutomationAssumeRole', 'iam:PassRole', documentRole),
      'ssm:AddTagsToResource RemoveTagsFromResource ListTagsForResource',
      given('CalendarNames', 'ssm:GetCalendarState'),
      given(
        'AssociationDispatchAssumeRole',
        'iam:PassRole',
        passesRole('ssm.amazonaws.com', 'AssociationDispatchAssumeRole'),
      ),
    ],
    delete: ['ssm:DeleteAssociation'],
  }),
];
