// Stops what costs money of the project that PROJECT names by its tag: servers, database, load balancers, NAT gateways, their addresses and
// endpoints. Runs in AWS Lambda when the budget is used up. Every step is tried even when another fails, and what failed is thrown
// at the end, so that Lambda tries again; a step that finds nothing left to do does nothing.
const ours = (tags = []) => tags.some(({ Key, Value }) => Key === 'Project' && Value === process.env.PROJECT);
const filter = () => [{ Name: 'tag:Project', Values: [process.env.PROJECT] }];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function all(client, Command, input, list) {
  const found = [];
  let next = {};
  do {
    const page = await client.send(new Command({ ...input, ...next }));
    found.push(...list(page));
    const token = page.NextToken ?? page.NextMarker ?? page.Marker;
    next = token ? { [page.NextToken ? 'NextToken' : 'Marker']: token } : null;
  } while (next);
  return found;
}

const steps = {
  async servers({ asg }) {
    const groups = await all(asg.client, asg.DescribeAutoScalingGroupsCommand, {}, (p) => p.AutoScalingGroups);
    for (const { AutoScalingGroupName, Tags, MaxSize } of groups) {
      if (!ours(Tags) || MaxSize === 0) continue;
      const none = { AutoScalingGroupName, MinSize: 0, DesiredCapacity: 0, MaxSize: 0 };
      await asg.client.send(new asg.UpdateAutoScalingGroupCommand(none));
    }
  },
  async instances({ ec2 }) {
    const running = [...filter(), { Name: 'instance-state-name', Values: ['pending', 'running'] }];
    const found = await all(ec2.client, ec2.DescribeInstancesCommand, { Filters: running }, (p) =>
      p.Reservations.flatMap(({ Instances }) => Instances),
    );
    const single = found.filter(({ Tags = [] }) => !Tags.some(({ Key }) => Key === 'aws:autoscaling:groupName'));
    const InstanceIds = single.map(({ InstanceId }) => InstanceId);
    if (InstanceIds.length) await ec2.client.send(new ec2.StopInstancesCommand({ InstanceIds }));
  },
  async database({ rds }) {
    const databases = await all(rds.client, rds.DescribeDBInstancesCommand, {}, (p) => p.DBInstances);
    for (const { DBInstanceIdentifier, DBInstanceStatus, TagList } of databases) {
      if (!ours(TagList) || DBInstanceStatus !== 'available') continue;
      await rds.client.send(new rds.StopDBInstanceCommand({ DBInstanceIdentifier }));
    }
  },
  async balancers({ elb }) {
    const balancers = await all(elb.client, elb.DescribeLoadBalancersCommand, {}, (p) => p.LoadBalancers);
    for (const { LoadBalancerArn } of balancers) {
      const tags = await elb.client.send(new elb.DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }));
      if (!ours(tags.TagDescriptions[0]?.Tags)) continue;
      await elb.client.send(new elb.DeleteLoadBalancerCommand({ LoadBalancerArn }));
    }
  },
  async endpoints({ ec2 }) {
    const found = await all(ec2.client, ec2.DescribeVpcEndpointsCommand, { Filters: filter() }, (p) => p.VpcEndpoints);
    const charged = found.filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    const VpcEndpointIds = charged.map(({ VpcEndpointId }) => VpcEndpointId);
    if (VpcEndpointIds.length) await ec2.client.send(new ec2.DeleteVpcEndpointsCommand({ VpcEndpointIds }));
  },
  async gateways({ ec2, wait = pause }) {
    const live = { Filter: [...filter(), { Name: 'state', Values: ['pending', 'available', 'deleting'] }] };
    const find = () => all(ec2.client, ec2.DescribeNatGatewaysCommand, live, (p) => p.NatGateways);
    for (const { NatGatewayId, State } of await find()) {
      if (State !== 'deleting') await ec2.client.send(new ec2.DeleteNatGatewayCommand({ NatGatewayId }));
    }
    // An address can be given back only when its gateway is gone, which takes about a minute.
    for (let tries = 0; tries < 60 && (await find()).length > 0; tries++) await wait(10_000);
    const { Addresses } = await ec2.client.send(new ec2.DescribeAddressesCommand({ Filters: filter() }));
    for (const { AllocationId, AssociationId } of Addresses) {
      if (!AssociationId) await ec2.client.send(new ec2.ReleaseAddressCommand({ AllocationId }));
    }
  },
};

function services() {
  const load = (name, client) => {
    const sdk = require(`@aws-sdk/client-${name}`);
    return { ...sdk, client: new sdk[client]({}) };
  };
  return {
    asg: load('auto-scaling', 'AutoScalingClient'),
    ec2: load('ec2', 'EC2Client'),
    elb: load('elastic-load-balancing-v2', 'ElasticLoadBalancingV2Client'),
    rds: load('rds', 'RDSClient'),
  };
}

exports.handler = async () => exports.stop(services());

exports.stop = async (aws) => {
  const failed = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(aws);
      console.log(`${name}: done`);
    } catch (error) {
      console.error(`${name}: ${error.stack}`);
      failed.push(`${name}: ${error.message}`);
    }
  }
  if (failed.length) throw new Error(failed.join('; '));
};
