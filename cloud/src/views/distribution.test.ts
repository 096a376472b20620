import { describe, expect, test } from 'vitest';
import { distributionOf } from './distribution.ts';

const ssm = '/aws/service/ami-amazon-linux-latest';

describe('the distribution of an image', () => {
  test.each([
    [`${ssm}/al2023-ami-kernel-default-x86_64`, 'amazon-linux-2023'],
    [`${ssm}/al2023-ami-minimal-kernel-6.1-arm64`, 'amazon-linux-2023'],
    [`${ssm}/amzn2-ami-hvm-x86_64-gp2`, 'amazon-linux-2'],
    [`${ssm}/amzn2-ami-kernel-5.10-hvm-arm64-gp2`, 'amazon-linux-2'],
    ['/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id', 'ubuntu-22.04'],
    ['/aws/service/canonical/ubuntu/server/jammy/stable/current/amd64/hvm/ebs-gp2/ami-id', 'ubuntu-22.04'],
    ['/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id', 'ubuntu-24.04'],
    ['/aws/service/canonical/ubuntu/server/noble/stable/current/arm64/hvm/ebs-gp3/ami-id', 'ubuntu-24.04'],
    ['/aws/service/debian/release/12/latest/amd64', 'debian-12'],
    ['/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base', 'windows'],
    ['RegionMap/us-east-1/AmazonLinux2', 'amazon-linux-2'],
    ['Images/us-east-1/AL2', 'amazon-linux-2'],
    ['Images/us-east-1/Ubuntu2404', 'ubuntu-24.04'],
    ['UbuntuImage', 'ubuntu-22.04'],
    ['WindowsAmi', 'windows'],
  ])('%s is %s', (name, distribution) => {
    const found = distributionOf({ imageNames: { 'ami-1': [name] } }, { ImageId: 'ami-1' });
    expect(found).toEqual({ distribution, known: true });
  });

  test.each([[{ ImageId: 'ami-0123456789abcdef0' }], [{}]])('of %j is assumed', (data) => {
    expect(distributionOf({ imageNames: {} }, data)).toEqual({ distribution: 'amazon-linux-2023', known: false });
  });
});
