import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, ownKey, pages, passesRole } from '../contract/reasons.ts';

const functionRole = given('Role', 'iam:PassRole', passesRole('lambda.amazonaws.com', 'Role'));

const key = given(
  'KmsKeyArn',
  'kms:CreateGrant Decrypt Encrypt GenerateDataKey',
  ownKey('https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html', 'KmsKeyArn'),
);

const codeVersion = given('Code.S3ObjectVersion', 's3:GetObjectVersion');

const code = given(
  'Code.S3Bucket',
  's3:GetObject',
  because(
    "Lambda fetches the function's code from the bucket in your name",
    'Lambda가 호출자 권한으로 버킷에서 함수 코드를 가져옵니다',
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html',
  ),
);

const inVpc = given(
  'VpcConfig.SubnetIds',
  'ec2:DescribeSecurityGroups DescribeSubnets DescribeVpcs',
  because(
    'Lambda looks at the VPC in your name before it places the function there',
    'Lambda가 함수를 배치하기 전에 호출자 권한으로 VPC를 살펴봅니다',
    pages.lambdaVpc,
  ),
);

const signing = given('CodeSigningConfigArn', 'lambda:GetCodeSigningConfig');

const reads = [
  given('RuntimeManagementConfig', 'lambda:GetRuntimeManagementConfig'),
  given('RecursiveLoop', 'lambda:GetFunctionRecursionConfig'),
  given('CodeSigningConfigArn', 'lambda:GetFunctionCodeSigningConfig'),
];

const settings = [
  given('ReservedConcurrentExecutions', 'lambda:PutFunctionConcurrency'),
  given('RuntimeManagementConfig', 'lambda:PutRuntimeManagementConfig'),
  given('RecursiveLoop', 'lambda:PutFunctionRecursionConfig'),
];

const mounts = given('FileSystemConfigs', 'elasticfilesystem:DescribeMountTargets');

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Lambda::Function', ['function', '함수'], 'lambda/function', {
    create: [
      'lambda:CreateFunction GetFunction',
      functionRole,
      code,
      codeVersion,
      inVpc,
      key,
      mounts,
      given('Layers', 'lambda:GetLayerVersion'),
      signing,
      ...settings,
      ...reads,
      tagged('lambda:TagResource'),
      given('FileSystemConfigs', 's3files:ListMountTargets'),
      given(
        'KmsKeyArn',
        'kms:DescribeKey',
        ownKey('https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html', 'KmsKeyArn'),
      ),
      given('FunctionScalingConfig', 'lambda:PutFunctionScalingConfig'),
      given('CapacityProviderConfig', 'lambda:PassCapacityProvider'),
    ],
    read: ['lambda:GetFunction', ...reads],
    update: [
      'lambda:UpdateFunctionConfiguration UpdateFunctionCode GetFunction TagResource UntagResource',
      functionRole,
      code,
      codeVersion,
      inVpc,
      key,
      mounts,
      ...settings,
      ...reads,
      signing,
      given('ReservedConcurrentExecutions', 'lambda:DeleteFunctionConcurrency'),
      given('CodeSigningConfigArn', 'lambda:PutFunctionCodeSigningConfig DeleteFunctionCodeSigningConfig'),
      given('FileSystemConfigs', 's3files:ListMountTargets'),
      given(
        'KmsKeyArn',
        'kms:DescribeKey',
        ownKey('https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html', 'KmsKeyArn'),
      ),
      given('FunctionScalingConfig', 'lambda:PutFunctionScalingConfig'),
      given('CapacityProviderConfig', 'lambda:PassCapacityProvider'),
      given('PublishToLatestPublished', 'lambda:PublishVersion'),
    ],
    delete: ['lambda:DeleteFunction GetFunction', given('VpcConfig', 'ec2:DescribeNetworkInterfaces')],
  }),
  needsOf('AWS::Lambda::Permission', ["function's permission", '함수 권한'], null, {
    create: ['lambda:AddPermission'],
    read: ['lambda:GetPolicy'],
    delete: ['lambda:RemovePermission'],
  }),
];
