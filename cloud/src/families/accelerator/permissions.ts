import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html */
const acceleratorFlowLogs = [
  given('FlowLogsEnabled', 'globalaccelerator:DescribeAcceleratorAttributes UpdateAcceleratorAttributes'),
  given(
    'FlowLogsEnabled',
    'logs:CreateLogDelivery DeleteLogDelivery s3:GetBucketPolicy PutBucketPolicy',
    because(
      'flow logs of the accelerator are delivered to a bucket of yours',
      '액셀러레이터의 플로 로그를 지정한 버킷으로 전달합니다',
      'https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html',
    ),
  ),
];

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::GlobalAccelerator::Accelerator', ['accelerator', '액셀러레이터'], 'globalaccelerator/accelerator', {
    create: [
      'globalaccelerator:CreateAccelerator DescribeAccelerator',
      tagged('globalaccelerator:TagResource'),
      tagged('globalaccelerator:ListTagsForResource'),
      ...acceleratorFlowLogs,
    ],
    read: ['globalaccelerator:DescribeAccelerator'],
    update: [
      'globalaccelerator:UpdateAccelerator TagResource UntagResource',
      'globalaccelerator:DescribeAccelerator ListTagsForResource',
      ...acceleratorFlowLogs,
    ],
    delete: [
      'globalaccelerator:UpdateAccelerator DeleteAccelerator',
      'globalaccelerator:DescribeAccelerator',
      ...acceleratorFlowLogs.slice(1),
    ],
  }),
  needsOf(
    'AWS::GlobalAccelerator::Listener',
    ["accelerator's listener", '액셀러레이터 리스너'],
    'globalaccelerator/listener',
    {
      create: ['globalaccelerator:CreateListener DescribeListener DescribeAccelerator'],
      read: ['globalaccelerator:DescribeListener'],
      update: ['globalaccelerator:UpdateListener DescribeListener DescribeAccelerator'],
      delete: ['globalaccelerator:DeleteListener DescribeListener', 'globalaccelerator:DescribeAccelerator'],
    },
  ),
  needsOf(
    'AWS::GlobalAccelerator::EndpointGroup',
    ['endpoint group', '엔드포인트 그룹'],
    'globalaccelerator/endpointgroup',
    {
      create: [
        'globalaccelerator:CreateEndpointGroup DescribeEndpointGroup DescribeListener ListAccelerators ListListeners',
        'globalaccelerator:DescribeAccelerator',
      ],
      read: ['globalaccelerator:DescribeEndpointGroup'],
      update: [
        'globalaccelerator:UpdateEndpointGroup DescribeEndpointGroup DescribeListener',
        'globalaccelerator:DescribeAccelerator',
      ],
      delete: ['globalaccelerator:DeleteEndpointGroup DescribeEndpointGroup DescribeAccelerator'],
    },
  ),
];
