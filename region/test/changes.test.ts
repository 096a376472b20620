import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project } from './support/project.ts';

interface Refusal {
  readonly mistakes: readonly { readonly code: string; readonly place: { readonly logicalId?: string } }[];
}

const box = (properties = '') =>
  `  Box: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, IamInstanceProfile: !Ref Profile, ${properties} } }`;
const bucket = '  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: files-of-changes } }';
const group = (version: string, policy: string) => `
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        InstanceType: t3.micro
        UserData: !Base64 "#!/bin/bash\\necho ${version} >/opt/version\\n"
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    ${policy}
    Properties:
      MinSize: "1"
      MaxSize: "1"
      AvailabilityZones: [ap-northeast-2a]
      LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: !GetAtt Launch.LatestVersionNumber }
`;
const role = `
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: files
          PolicyDocument: { Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
`;
const template = (...resources: readonly string[]) => `Resources:\n${resources.join('\n')}\n`;

describe('a change of a running region', () => {
  let project: Project;
  const change = async (text: string, ...words: readonly string[]) => {
    await writeFile(join(project.directory, 'template.yaml'), text);
    return project.terraceUnasked<Refusal>('up', '--detach', '--template', 'template.yaml', ...words);
  };

  beforeAll(async () => {
    project = await Project.ofTemplate(template(box(), bucket, role));
    expect((await project.terraceUnasked('up', '--detach', '--template', 'template.yaml')).status).toBe(0);
  });
  afterAll(async () => project[Symbol.asyncDispose]());

  test('is refused where an instance would go with its disk and nobody can be asked', async () => {
    const refused = await change(template(bucket, role));
    expect(refused.status).toBe(2);
    expect(refused.value.mistakes).toMatchObject([{ code: 'DATA_WOULD_BE_LOST', place: { logicalId: 'Box' } }]);
    const { value } = await project.terrace<{ instances: { name: string }[] }>('status');
    expect(value.instances.map(({ name }) => name)).toEqual(['Box']);
  });

  test('is announced by diff with what is lost', async () => {
    await writeFile(join(project.directory, 'template.yaml'), template(box('KeyName: other'), bucket, role));
    const { value } = await project.terrace<{ lost: unknown[] }>('diff', '--template', 'template.yaml');
    expect(value.lost).toMatchObject([{ key: 'template/Box', change: 'replacement', what: { en: 'its disk' } }]);
  });

  test('is not needed to ask about what runs: where no template is named, questions are about it', async () => {
    const { value } = await project.terrace<{ mistakes?: unknown; monthly?: unknown }>('cost');
    expect(value.mistakes).toBeUndefined();
    expect((await project.terrace<{ mistakes?: unknown }>('reach', 'Box', 'internet')).value.mistakes).toBeUndefined();
    const other = await project.terrace<Refusal>('cost', '--parameter', 'Name=value');
    expect(other.value.mistakes).toMatchObject([{ code: 'NO_PROJECT' }]);
  });

  test('loses no data of a bucket without objects, and so nothing is asked', async () => {
    expect((await change(template(box(), role))).status).toBe(0);
    expect((await change(template(box(), bucket, role))).status).toBe(0);
  });

  test('asks once the bucket has an object', async () => {
    const name = 's3://files-of-changes/kept.txt';
    const put = await project.terrace('exec', 'Box', '--', 'sh', '-c', `echo kept >f && aws s3 cp f ${name}`);
    expect(put).toMatchObject({ status: 0 });
    const refused = await change(template(box(), role));
    expect(refused.value.mistakes).toMatchObject([{ code: 'DATA_WOULD_BE_LOST', place: { logicalId: 'Files' } }]);
    expect(await project.terraceUnasked('down', '--purge')).toMatchObject({ status: 2 });
  });

  test('of user data stops and starts the instance, which keeps its disk and does not run the script again', async () => {
    const inside = async (script: string) =>
      (await project.terrace<{ output: string }>('exec', 'Box', '--', 'sh', '-c', script)).value.output.trim();
    const identity = async () => (await project.terrace<{ instances: unknown[] }>('status')).value.instances;
    const before = await identity();
    await inside('echo mine >/opt/mine; touch /tmp/until-it-stops');
    const changed = template(box('UserData: !Base64 "#!/bin/bash\\ntouch /opt/run\\n"'), bucket, role);
    await writeFile(join(project.directory, 'template.yaml'), changed);
    const { value } = await project.terrace<{ effects: unknown[]; lost: unknown[] }>(
      'diff',
      '--template',
      'template.yaml',
    );
    expect(value).toMatchObject({ effects: [{ code: 'USER_DATA_NOT_RUN' }], lost: [] });
    expect((await change(changed)).status).toBe(0);
    expect(await inside('cat /opt/mine; ls /tmp/until-it-stops /opt/run 2>/dev/null')).toBe('mine');
    expect(await identity()).toEqual(before);
    expect((await change(template(box(), bucket, role))).status).toBe(0);
  });

  test('of a launch template leaves the instances of a group as they are, unless its policy rolls them', async () => {
    const idsOf = async () => {
      const { value } = await project.terrace<{ instances: { name: string; id: string }[] }>('status');
      return value.instances.filter(({ name }) => name.startsWith('Group/')).map(({ id }) => id);
    };
    const inside = async () =>
      (await project.terrace<{ output: string }>('exec', 'Group/0', '--', 'cat', '/opt/version')).value.output.trim();
    const to = async (version: string, policy = '') =>
      change(template(box(), bucket, role, group(version, policy)), '--yes');
    expect((await to('one')).status).toBe(0);
    const first = await idsOf();
    expect((await to('two')).status).toBe(0);
    expect(await idsOf()).toEqual(first);
    expect(await inside()).toBe('one');
    expect((await to('two', 'UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: 1 } }')).status).toBe(0);
    expect(await idsOf()).not.toEqual(first);
    expect(await inside()).toBe('two');
    expect((await change(template(box(), bucket, role), '--yes')).status).toBe(0);
  });

  test('never deletes an instance that is protected', async () => {
    expect((await change(template(box('DisableApiTermination: true'), bucket, role))).status).toBe(0);
    const refused = await change(template(bucket, role), '--yes');
    expect(refused.value.mistakes).toMatchObject([{ code: 'DELETION_PROTECTED' }]);
    expect((await change(template(box(), bucket, role))).status).toBe(0);
  });

  test('goes on with --yes', async () => {
    expect((await change(template(), '--yes')).status).toBe(2); // a template without a resource
    expect((await change(template(bucket, role), '--yes')).status).toBe(0);
  });

  test('ends its wait for a signal by --timeout, and is rolled back', async () => {
    const began = Date.now();
    const waits = box('UserData: !Base64 "#!/bin/bash\\nsleep 100\\n"').replace(
      'Type: AWS::EC2::Instance,',
      'Type: AWS::EC2::Instance, CreationPolicy: { ResourceSignal: { Timeout: PT5M } },',
    );
    const ended = await change(template(waits, bucket, role), '--timeout', '2');
    expect(ended).toMatchObject({ status: 2, value: { mistakes: [{ code: 'NOT_CONFIRMED' }] } });
    expect(JSON.stringify(ended.value)).toContain('--timeout');
    expect(Date.now() - began).toBeLessThan(60_000);
  });

  test('to a template in which nothing acts is no success', async () => {
    const stream = '  Stream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }';
    expect((await change(template(stream), '--yes')).status).toBe(1);
  });
});
