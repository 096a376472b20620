import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, pages, passesRole, serviceLinkedRole } from '../contract/reasons.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::FlowLog', ['flow log', '플로 로그'], 'ec2/vpc-flow-log', {
    create: [
      'ec2:CreateFlowLogs',
      given(
        'DeliverLogsPermissionArn',
        'iam:PassRole',
        passesRole('vpc-flow-logs.amazonaws.com', 'DeliverLogsPermissionArn'),
      ),
      given(
        'LogDestination LogGroupName',
        'logs:CreateLogDelivery',
        because('flow logs are delivered to a place of yours', '플로 로그를 지정한 곳으로 전달합니다', pages.flowLogs),
      ),
      valued(
        'LogDestinationType',
        ['s3'],
        's3:GetBucketPolicy PutBucketPolicy',
        because('the bucket has to admit the delivery of logs', '버킷이 로그 전달을 허용해야 합니다', pages.flowLogs),
      ),
      tagged('ec2:CreateTags'),
      'ec2:DescribeFlowLogs',
      given(
        'TagFieldSpecifications',
        'autoscaling:DescribeTags ec2:DescribeTags',
        because(
          'records of the flow log carry the tags of resources',
          '플로 로그 레코드에 리소스의 태그를 넣습니다',
          pages.flowLogs,
        ),
      ),
      valued(
        'LogDestinationType',
        ['kinesis-data-firehose'],
        'iam:CreateServiceLinkedRole',
        serviceLinkedRole('delivery.logs.amazonaws.com'),
      ),
    ],
    read: ['ec2:DescribeFlowLogs'],
    update: ['ec2:DescribeFlowLogs CreateTags DeleteTags'],
    delete: [
      'ec2:DeleteFlowLogs',
      given('LogDestination LogGroupName', 'logs:DeleteLogDelivery'),
      'ec2:DescribeFlowLogs',
    ],
  }),
];
