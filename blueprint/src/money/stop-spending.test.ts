import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inDollars } from './money-stack.ts';

const { stop } = createRequire(import.meta.url)('../../functions/stop-spending.cjs') as {
  stop(aws: unknown): Promise<void>;
};

type Answer = (input: never) => unknown;

/** A client that answers from a table of commands and writes down what it was asked to change. */
function service(changes: string[], answers: Readonly<Record<string, Answer>>) {
  return new Proxy(
    {
      client: {
        send: async ({ name, input }: { name: string; input: never }) => {
          const answer = answers[name];
          if (!name.startsWith('Describe')) changes.push(`${name} ${JSON.stringify(input)}`);
          return answer ? answer(input) : {};
        },
      },
    },
    {
      get(target, property) {
        if (property === 'client') return target.client;
        if (property === 'wait') return undefined;
        return class {
          readonly name = String(property).replace('Command', '');
          constructor(readonly input: unknown) {}
        };
      },
    },
  );
}

const ours = [{ Key: 'Project', Value: 'terrace' }];
const theirs = [{ Key: 'Project', Value: 'other' }];

function account(changes: string[], more: Readonly<Record<string, Answer>> = {}) {
  let deleted = false;
  const gateways = () => (deleted ? [] : [{ NatGatewayId: 'nat-1', State: 'available' }]);
  const answers: Record<string, Answer> = {
    DescribeAutoScalingGroups: ({ NextToken }: { NextToken?: string }) =>
      NextToken
        ? { AutoScalingGroups: [{ AutoScalingGroupName: 'was', Tags: ours, MaxSize: 4 }] }
        : {
            NextToken: 'more',
            AutoScalingGroups: [
              { AutoScalingGroupName: 'web', Tags: ours, MaxSize: 4 },
              { AutoScalingGroupName: 'foreign', Tags: theirs, MaxSize: 4 },
              { AutoScalingGroupName: 'stopped', Tags: ours, MaxSize: 0 },
            ],
          },
    DescribeInstances: () => ({
      Reservations: [
        {
          Instances: [
            { InstanceId: 'i-test', Tags: ours },
            { InstanceId: 'i-web', Tags: [...ours, { Key: 'aws:autoscaling:groupName', Value: 'web' }] },
          ],
        },
      ],
    }),
    DescribeDBInstances: () => ({
      DBInstances: [
        { DBInstanceIdentifier: 'database', DBInstanceStatus: 'available', TagList: ours },
        { DBInstanceIdentifier: 'asleep', DBInstanceStatus: 'stopped', TagList: ours },
        { DBInstanceIdentifier: 'foreign', DBInstanceStatus: 'available', TagList: theirs },
      ],
    }),
    DescribeLoadBalancers: ({ Marker }: { Marker?: string }) =>
      Marker
        ? { LoadBalancers: [{ LoadBalancerArn: 'internal' }] }
        : { NextMarker: 'more', LoadBalancers: [{ LoadBalancerArn: 'external' }, { LoadBalancerArn: 'foreign' }] },
    DescribeTags: ({ ResourceArns: [arn] }: { ResourceArns: string[] }) => ({
      TagDescriptions: [{ Tags: arn === 'foreign' ? theirs : ours }],
    }),
    DescribeVpcEndpoints: () => ({
      VpcEndpoints: [
        { VpcEndpointId: 'vpce-secrets', VpcEndpointType: 'Interface' },
        { VpcEndpointId: 'vpce-s3', VpcEndpointType: 'Gateway' },
      ],
    }),
    DescribeNatGateways: () => ({ NatGateways: gateways() }),
    DeleteNatGateway: () => {
      deleted = true;
      return {};
    },
    DescribeAddresses: () => ({
      Addresses: [{ AllocationId: 'eipalloc-nat' }, { AllocationId: 'eipalloc-used', AssociationId: 'eipassoc-1' }],
    }),
    ...more,
  };
  const made = service(changes, answers);
  return { asg: made, ec2: made, elb: made, rds: made };
}

describe('the function that stops the spending', () => {
  beforeEach(() => {
    process.env.PROJECT = 'terrace';
    vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(console, 'error').mockReturnValue();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('stops and deletes what carries the project’s tag, over several pages, and nothing else', async () => {
    const changes: string[] = [];
    await stop(account(changes));
    expect(changes).toEqual([
      'UpdateAutoScalingGroup {"AutoScalingGroupName":"web","MinSize":0,"DesiredCapacity":0,"MaxSize":0}',
      'UpdateAutoScalingGroup {"AutoScalingGroupName":"was","MinSize":0,"DesiredCapacity":0,"MaxSize":0}',
      'StopInstances {"InstanceIds":["i-test"]}',
      'StopDBInstance {"DBInstanceIdentifier":"database"}',
      'DeleteLoadBalancer {"LoadBalancerArn":"external"}',
      'DeleteLoadBalancer {"LoadBalancerArn":"internal"}',
      'DeleteVpcEndpoints {"VpcEndpointIds":["vpce-secrets"]}',
      'DeleteNatGateway {"NatGatewayId":"nat-1"}',
      'ReleaseAddress {"AllocationId":"eipalloc-nat"}',
    ]);
  });

  test('goes on when a step fails, and says at the end which one', async () => {
    const changes: string[] = [];
    const refused = account(changes, {
      StopDBInstance: () => {
        throw new Error('not now');
      },
    });
    await expect(stop(refused)).rejects.toThrow('database: not now');
    expect(changes.some((change) => change.startsWith('DeleteNatGateway'))).toBe(true);
  });
});

test.each([
  [30_000, 1_450, 20.68],
  [30_000, 1_500, 20],
  [700_000, 1_399, 500.35],
])('%d won at %d won a dollar are %d dollars, never rounded up', (budget, wonPerDollar, dollars) => {
  expect(inDollars({ budget, wonPerDollar, wonPerDollarOn: '2026-11-22', whenUsedUp: 'stop', hours: null })).toBe(
    dollars,
  );
});
