import { expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';

const arm = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
const intel = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const ubuntu = '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id';

async function mistakesOf(image: string, type: string): Promise<string[]> {
  const Parameters = { Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: image } };
  const launch = { ImageId: { Ref: 'Image' }, InstanceType: type };
  const Resources = {
    One: { Type: 'AWS::EC2::Instance', Properties: launch },
    Many: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: launch } },
  };
  const loaded = await loadTexts({ 'a.json': JSON.stringify({ Parameters, Resources }) });
  return loaded.ok ? [] : loaded.mistakes.map(({ code, place }) => `${code} ${place.logicalId} ${place.path}`);
}

const both = [
  'ARCHITECTURE_MISMATCH One Properties.InstanceType',
  'ARCHITECTURE_MISMATCH Many Properties.LaunchTemplateData.InstanceType',
];

test.each([
  [intel, 't4g.micro', both],
  [arm, 't3.micro', both],
  [ubuntu, 'm7i.large', both],
  [intel, 'c7gn.large', both],
  [arm, 'g5.xlarge', both],
  [intel, 't3.micro', []],
  [arm, 't4g.micro', []],
  [ubuntu, 'c7gd.medium', []],
  [arm, 'g5g.xlarge', []],
  [intel, 'g4dn.xlarge', []],
  [intel, 'p4d.24xlarge', []],
  [arm, 'im4gn.large', []],
  ['/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base', 't3.micro', []],
])('%s on %s', async (image, type, mistakes) => {
  expect((await mistakesOf(image, type)).sort()).toEqual([...mistakes].sort());
});

test('an image of its id alone is not judged', async () => {
  const Server = {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't4g.micro' },
  };
  expect((await loadTexts({ 'a.json': JSON.stringify({ Resources: { Server } }) })).ok).toBe(true);
});
