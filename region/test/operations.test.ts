import { createVerify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, until } from './support/project.ts';

/** A group that wants three, with the blueprint's alarm, and a night in which it wants none. */
const template = (hook: string) => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.10.1.0/24}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, Monitoring: {Enabled: true}}}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: alerts}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: ops@example.com}}
  Hook: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: http, Endpoint: "${hook}"}}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      AutoScalingGroupName: web
      MinSize: "0"
      MaxSize: "5"
      DesiredCapacity: "3"
      VPCZoneIdentifier: [!Ref A]
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}
      MetricsCollection: [{Granularity: 1Minute}]
      NotificationConfigurations:
        - TopicARN: !Ref Topic
          NotificationTypes: ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: launch
      Metrics:
        - {Id: wanted, ReturnData: false, MetricStat: {Stat: Minimum, Period: 60, Metric: {Namespace: AWS/AutoScaling, MetricName: GroupDesiredCapacity, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Servers}]}}}
        - {Id: there, ReturnData: false, MetricStat: {Stat: Minimum, Period: 60, Metric: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Servers}]}}}
        - {Id: missing, Expression: wanted - there, ReturnData: true}
      ComparisonOperator: GreaterThanThreshold
      Threshold: 0
      EvaluationPeriods: 5
      TreatMissingData: notBreaching
      AlarmActions: [!Ref Topic]
      OKActions: [!Ref Topic]
  Box: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref A, ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, Monitoring: true}}
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: busy
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: !Ref Box}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 1
      Threshold: 10
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Sub "arn:aws:automate:\${AWS::Region}:ec2:stop"]
  Night: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Servers, DesiredCapacity: 0, Recurrence: "0 18 * * *"}}
`;

interface Mail {
  readonly at: string;
  readonly to: string;
  readonly subject: string;
}
type Posted = Readonly<Record<string, string>>;
interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly datapoints: readonly { readonly maximum: number; readonly samples: number }[];
}
interface Status {
  readonly clock: { readonly region: string; readonly speed: number };
  readonly groups: readonly {
    readonly desired: number;
    readonly inService: number;
    readonly shortage: string | null;
  }[];
  readonly activities: readonly { readonly cause: string }[];
  readonly instances: readonly { readonly name: string; readonly state: string }[];
  readonly alarms: readonly { readonly name: string; readonly state: string }[];
}

/** What was posted to a receiver of this machine. */
const posted: Posted[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (more: string) => {
    body += more;
  });
  request.on('end', () => {
    posted.push(JSON.parse(body) as Posted);
    response.end();
  });
});

let project: Project;
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  project = await Project.ofTemplate(template(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`));
  await up(4);
}, 120_000);
afterAll(async () => {
  receiver.close();
  await project[Symbol.asyncDispose]();
});

/** Each t3.micro has two vCPUs. */
async function up(vcpuQuota: number): Promise<void> {
  await writeFile(join(project.directory, 'terrace.json'), JSON.stringify({ template: 'template.yaml', vcpuQuota }));
  await project.terrace('up', '--detach', '--speed', '60');
}

async function status(): Promise<Status> {
  return (await project.terrace<Status>('status')).value;
}

/** The first mail with such a subject, once it has come. */
async function mail(subject: string): Promise<Mail> {
  for (;;) {
    const { mails } = (await project.terrace<{ mails: Mail[] }>('mail')).value;
    const found = mails.find((each) => each.subject.startsWith(subject));
    if (found) return found;
    await wait(200);
  }
}

describe('a group that cannot launch all that it wants', { timeout: 60_000 }, () => {
  test('mails the launch that fails, the alarm, and that it is over', async () => {
    const failed = await mail('Auto Scaling: failed launch for group "web"');
    const alarmed = await mail('ALARM: "launch" in Asia Pacific (Seoul)');
    expect([failed.to, alarmed.to]).toEqual(['ops@example.com', 'ops@example.com']);
    const minutes = (Date.parse(alarmed.at) - Date.parse(failed.at)) / 60_000;
    expect(minutes).toBeGreaterThan(4);
    expect(minutes).toBeLessThanOrEqual(7);
    const short = await status();
    expect(short.groups).toMatchObject([{ desired: 3, inService: 1 }]);
    expect(short.groups[0]!.shortage).toContain('your current vCPU limit of 4');
    expect(short.alarms[0]).toMatchObject({ name: 'launch', state: 'ALARM' });

    await up(8);
    await mail('OK: "launch" in Asia Pacific (Seoul)');
    expect((await status()).groups).toMatchObject([{ desired: 3, inService: 3, shortage: null }]);
    expect(statSync(join(project.directory, '.terrace/mail')).mode & 0o777).toBe(0o700);
  });

  test('posts the same to a receiver, in AWS’s signed format', async () => {
    expect(posted[0]).toMatchObject({ Type: 'SubscriptionConfirmation' });
    const alarm = posted.find(({ Subject }) => Subject?.startsWith('ALARM: "launch"'))!;
    expect(JSON.parse(alarm.Message!)).toMatchObject({ AlarmName: 'launch', NewStateValue: 'ALARM' });
    const name = alarm.SigningCertURL!.split('/').at(-1)!;
    const certificate = new X509Certificate(readFileSync(join(project.directory, '.terrace/sns', name)));
    const signed = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const text = signed.map((each) => `${each}\n${alarm[each]}\n`).join('');
    expect(createVerify('RSA-SHA1').update(text).verify(certificate.publicKey, alarm.Signature!, 'base64')).toBe(true);
  });

  test('has measured the group minute by minute', async () => {
    const { metrics } = (await project.terrace<{ metrics: Metric[] }>('metrics', 'GroupInServiceInstances')).value;
    expect(metrics.map(({ namespace, name }) => `${namespace} ${name}`)).toEqual([
      'AWS/AutoScaling GroupInServiceInstances',
    ]);
    expect(new Set(metrics[0]!.datapoints.map(({ maximum }) => maximum))).toEqual(new Set([1, 3]));
    expect((await project.terrace('metrics', 'nothing')).status).toBe(2);
  });

  test('measures what instances take of the processor and the network', async () => {
    await project.terrace('exec', 'Servers/0', '--', 'timeout', '4', 'sh', '-c', 'while :; do :; done');
    const of = async (name: string) =>
      (await project.terrace<{ metrics: Metric[] }>('metrics', `AWS/EC2/${name}`)).value.metrics;
    const processor = await of('CPUUtilization');
    const most = ({ datapoints }: Metric) => Math.max(...datapoints.map(({ maximum }) => maximum));
    const ofInstances = processor.filter(({ dimensions }) => 'InstanceId' in dimensions).map(most);
    expect(ofInstances).toHaveLength(4);
    // One of two vCPUs at the most; other tests may want the machine too.
    expect(Math.max(...ofInstances)).toBeGreaterThan(10);
    expect(Math.min(...ofInstances)).toBeLessThan(10);
    const ofGroup = processor.find(({ dimensions }) => dimensions.AutoScalingGroupName === 'web')!;
    expect(most(ofGroup)).toBe(Math.max(...ofInstances));
    expect(ofGroup.datapoints.at(-1)!.samples).toBe(3);
    const checks = await of('StatusCheckFailed_Instance');
    expect(new Set(checks.map(most))).toEqual(new Set([0]));
    expect((await of('NetworkOut')).length).toBeGreaterThan(0);
  });

  test('stops the instance whose alarm says so', async () => {
    const busy = project.terrace('exec', 'Box', '--', 'sh', '-c', 'while :; do :; done');
    const stopped = await until(status, ({ instances }) => instances.some(({ state }) => state === 'stopped'));
    await busy;
    expect(stopped.instances.filter(({ state }) => state === 'stopped').map(({ name }) => name)).toEqual(['Box']);
    expect(stopped.alarms).toContainEqual(expect.objectContaining({ name: 'busy', state: 'ALARM' }));
  });

  test('runs through the schedule when the clock is set forward, and never back', async () => {
    const { clock } = await status();
    expect(clock.speed).toBe(60);
    const tomorrow = new Date(Date.parse(clock.region) + 86_400_000).toISOString();
    await project.terrace('clock', '--until', tomorrow);
    const night = await status();
    expect(night.groups).toMatchObject([{ desired: 0, inService: 0 }]);
    expect(night.activities.at(-1)!.cause).toMatch(
      /^At \S+T18:00:00Z a scheduled action update of AutoScalingGroup constraints to min: 0, max: 5, desired: 0 changing the desired capacity from 3 to 0\. {2}At .* selected for termination\.$/,
    );
    expect((await project.terrace('clock', '--until', clock.region)).status).toBe(2);
  });
});
