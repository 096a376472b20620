import type { Example } from './example.fixture.ts';

/** What the network, disks, queues, file systems and the firewall cost besides: published sums of transit gateways, provisioned disks and the rest. */
export const furtherExamples: readonly Example[] = [
  {
    title: 'ten attachments of a transit gateway and 20 TB through it',
    source: 'https://c3x.dev/blog/aws-transit-gateway-cost-explained/',
    usd: 774.6,
    resources: [
      { id: 'gateway', type: 'AWS::EC2::TransitGateway' },
      ...Array.from({ length: 10 }, (_, index) => ({
        id: `attachment${index}`,
        type: 'AWS::EC2::TransitGatewayVpcAttachment',
      })),
    ],
    usage: { transitGigabytes: 20 * 1024 },
  },
  {
    title: 'ten attachments of a transit gateway, before data',
    source: 'https://c3x.dev/blog/aws-transit-gateway-cost-explained/',
    usd: 365,
    resources: Array.from({ length: 10 }, (_, index) => ({
      id: `attachment${index}`,
      type: 'AWS::EC2::TransitGatewayVpcAttachment',
    })),
  },
  {
    title: 'EBS pricing page, example 4: io1, 2,000 GB and 1,000 IOPS for 12 hours of a month of 30 days',
    source: 'https://aws.amazon.com/ebs/pricing/',
    usd: 5.25,
    resources: [{ id: 'volume', type: 'AWS::EC2::Volume', properties: { VolumeType: 'io1', Size: 2000, Iops: 1000 } }],
    usage: { hoursInMonth: 720, hoursExisting: 12, hoursOn: 12 },
  },
  {
    title: 'a web ACL of ten rules with 50 million requests',
    source: 'https://c3x.dev/blog/aws-waf-cost-explained/',
    usd: 45,
    resources: [
      {
        id: 'wall',
        type: 'AWS::WAFv2::WebACL',
        properties: { Rules: Array.from({ length: 10 }, (_, index) => ({ Name: `rule${index}` })) },
      },
    ],
    usage: { requests: 50_000_000 },
    only: ['web ACL', 'rule', 'requests'],
  },
  {
    title: 'a million requests to a queue',
    source: 'https://gist.github.com/mkfmnn/c18899c1337f3cd5402b4f1b7782deff',
    usd: 0.4,
    resources: [{ id: 'queue', type: 'AWS::SQS::Queue' }],
    usage: { queueRequests: 1_000_000 },
  },
  {
    title: '5 GB of EFS',
    source: 'https://gist.github.com/mkfmnn/c18899c1337f3cd5402b4f1b7782deff',
    usd: 1.5,
    resources: [{ id: 'files', type: 'AWS::EFS::FileSystem' }],
    usage: { fileGigabytes: 5 },
  },
  {
    title: 't2.micro for 720 hours',
    source: 'https://gist.github.com/mkfmnn/c18899c1337f3cd5402b4f1b7782deff',
    usd: 8.35,
    resources: [{ id: 'server', type: 'AWS::EC2::Instance', properties: { InstanceType: 't2.micro' } }],
    usage: { hoursInMonth: 720, hoursExisting: 720, hoursOn: 720 },
    only: ['t2.micro'],
  },
];
