import { expect, test } from 'vitest';
import { Project } from './support/project.ts';

/** A private network whose only way out is a gateway endpoint of S3, with a policy. */
function network(name: string, range: string, resource: string, userData: string): string {
  return `
  ${name}: { Type: AWS::EC2::VPC, Properties: { CidrBlock: ${range}.0.0/16 } }
  ${name}Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref ${name} } }
  ${name}Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref ${name}, CidrBlock: ${range}.1.0/24 } }
  ${name}On: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref ${name}Subnet, RouteTableId: !Ref ${name}Table } }
  ${name}Store:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref ${name}
      ServiceName: com.amazonaws.ap-northeast-2.s3
      RouteTableIds: [!Ref ${name}Table]
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '${resource}' }]
  ${name}Box:
    Type: AWS::EC2::Instance
    DependsOn: [${name}Store, ${name}On]
    Properties:
      ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}'
      InstanceType: t3.micro
      SubnetId: !Ref ${name}Subnet
      UserData: { Fn::Base64: "${userData}" }
`;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3 */
test('the policy of a gateway endpoint decides what of Amazon Linux’s packages comes through', async () => {
  const script = '#!/bin/bash\\ndnf install -y tar\\n';
  const config = '#cloud-config\\npackages: [tar]\\nruncmd: [tar --version]\\n';
  const template = `Resources:${network('Open', '10.60', 'arn:aws:s3:::al2023-repos-ap-northeast-2-de612dc2/*', config)}${network('Shut', '10.61', 'arn:aws:s3:::my-bucket/*', script)}`;
  await using project = await Project.ofTemplate(template);
  const { value } = await project.terrace<{ failures: readonly unknown[] }>(
    'up',
    '--template',
    'template.yaml',
    '--detach',
  );
  expect(value.failures).toEqual([
    expect.objectContaining({
      code: 'USER_DATA_FAILED',
      cause: {
        en: expect.stringMatching(/ShutBox.*does not allow s3:GetObject on arn:aws:s3:::al2023-repos/s),
        ko: expect.any(String),
      },
    }),
  ]);
});
