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
});
