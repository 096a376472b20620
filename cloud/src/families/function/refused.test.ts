import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  F: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: 'arn:aws:iam::111122223333:role/one',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => 1;' },
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: ref('F'), Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: ref('F'), EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  },
};
const image = {
  PackageType: 'Image',
  Runtime: out,
  Handler: out,
  Code: { ImageUri: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/shop:1' },
};
const stream = { EventSourceArn: 'arn:aws:kinesis:ap-northeast-2:111122223333:stream/one', StartingPosition: 'LATEST' };

describe('a function', () => {
  table(base, 'F', [
    ['FunctionName', { FunctionName: 'a'.repeat(65) }, { FunctionName: 'a'.repeat(64) }],
    ['FunctionName', { FunctionName: 'my function' }, { FunctionName: 'my-function_1' }],
    ['Runtime', { Runtime: 'nodejs23.x' }, { Runtime: 'nodejs20.x' }],
    ['Runtime', { Runtime: 'nodejs12.x' }, { Runtime: 'nodejs22.x' }],
    ['Runtime', { Runtime: 'python' }, { Runtime: 'python3.13' }],
    ['MemorySize', { MemorySize: 127 }, { MemorySize: 128 }],
    ['MemorySize', { MemorySize: 10_241 }, { MemorySize: 10_240 }],
    ['Timeout', { Timeout: 0 }, { Timeout: 1 }],
    ['Timeout', { Timeout: 901 }, { Timeout: 900 }],
    ['EphemeralStorage.Size', { EphemeralStorage: { Size: 511 } }, { EphemeralStorage: { Size: 512 } }],
    ['', { Handler: out }, { Handler: 'src/index.handler' }],
    ['', { Runtime: out }, { Runtime: 'nodejs18.x' }],
    ['Handler', { Handler: 'index handler' }, { Handler: 'index.a.b' }],
    ['Handler', { ...image, Handler: 'index.handler' }, image],
    ['Runtime', { ...image, Runtime: 'nodejs22.x' }, image],
    ['Code.ZipFile', { ...image, Code: { ZipFile: 'a' } }, image],
    [
      'Layers',
      { ...image, Layers: ['arn:aws:lambda:ap-northeast-2:111122223333:layer:one:1'] },
      { Layers: ['arn:aws:lambda:ap-northeast-2:111122223333:layer:one:1'] },
    ],
    [
      'Layers',
      { Layers: [1, 2, 3, 4, 5, 6].map((each) => `arn:aws:lambda:ap-northeast-2:111122223333:layer:one:${each}`) },
      { Layers: [1, 2, 3, 4, 5].map((each) => `arn:aws:lambda:ap-northeast-2:111122223333:layer:one:${each}`) },
    ],
    [
      'Layers.0',
      { Layers: ['arn:aws:lambda:ap-northeast-2:111122223333:layer:one'] },
      { Layers: ['arn:aws:lambda:ap-northeast-2:111122223333:layer:one:1'] },
    ],
    ['Role', { Role: 'one' }, { Role: 'arn:aws:iam::111122223333:role/service/one' }],
    [
      'Environment.Variables.AWS_REGION',
      { Environment: { Variables: { AWS_REGION: 'a' } } },
      { Environment: { Variables: { REGION: 'a' } } },
    ],
    [
      'Environment.Variables.1A',
      { Environment: { Variables: { '1A': 'a' } } },
      { Environment: { Variables: { A1: 'a' } } },
    ],
    [
      'Environment.Variables',
      { Environment: { Variables: { AA: 'a'.repeat(3000), BB: 'b'.repeat(2000) } } },
      { Environment: { Variables: { AA: 'a'.repeat(2000), BB: 'b'.repeat(2000) } } },
    ],
    [
      'VpcConfig',
      { VpcConfig: { SubnetIds: [ref('A')] } },
      { VpcConfig: { SubnetIds: [ref('A')], SecurityGroupIds: [ref('Group')] } },
    ],
    ['Architectures', { Architectures: ['arm64', 'x86_64'] }, { Architectures: ['arm64'] }],
    ['Architectures.0', { Architectures: ['arm'] }, { Architectures: ['x86_64'] }],
    ['Code', { Code: { S3Bucket: 'one' } }, { Code: { S3Bucket: 'one', S3Key: 'a.zip' } }],
    [
      'Code.S3Bucket',
      { Code: { ZipFile: 'a', S3Bucket: 'one', S3Key: 'a.zip' } },
      { Code: { S3Bucket: 'one', S3Key: 'a.zip' } },
    ],
    ['TracingConfig.Mode', { TracingConfig: { Mode: 'On' } }, { TracingConfig: { Mode: 'Active' } }],
    ['ReservedConcurrentExecutions', { ReservedConcurrentExecutions: -1 }, { ReservedConcurrentExecutions: 0 }],
    [
      'DeadLetterConfig.TargetArn',
      { DeadLetterConfig: { TargetArn: ref('Queue') } },
      { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    ],
    ['Description', { Description: 'a'.repeat(257) }, { Description: 'a'.repeat(256) }],
    ['SnapStart.ApplyOn', { SnapStart: { ApplyOn: 'Always' } }, { SnapStart: { ApplyOn: 'None' } }],
    [
      'LoggingConfig.ApplicationLogLevel',
      { LoggingConfig: { LogFormat: 'Text', ApplicationLogLevel: 'INFO' } },
      { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } },
    ],
  ]);
  table(base, 'Permission', [
    [
      'Action',
      { Action: 'InvokeFunction' },
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' },
    ],
    ['Principal', { Principal: 's3' }, { Principal: '111122223333' }],
    ['SourceAccount', { SourceAccount: '1234' }, { SourceAccount: '111122223333' }],
    ['SourceArn', { SourceArn: 'bucket' }, { SourceArn: 'arn:aws:s3:::bucket' }],
    ['', { FunctionName: out }, { FunctionName: 'one' }],
  ]);
  table(base, 'Mapping', [
    [
      'BatchSize',
      { BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1 },
      { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 1 },
    ],
    ['BatchSize', { BatchSize: 11 }, { BatchSize: 10 }],
    [
      'MaximumBatchingWindowInSeconds',
      { MaximumBatchingWindowInSeconds: 301 },
      { MaximumBatchingWindowInSeconds: 300 },
    ],
    ['', { ...stream, StartingPosition: out }, stream],
    ['StartingPosition', { StartingPosition: 'LATEST' }, { Enabled: true }],
    ['StartingPosition', { ...stream, StartingPosition: 'NEWEST' }, { ...stream, StartingPosition: 'TRIM_HORIZON' }],
    [
      'ScalingConfig.MaximumConcurrency',
      { ScalingConfig: { MaximumConcurrency: 1 } },
      { ScalingConfig: { MaximumConcurrency: 2 } },
    ],
    [
      'BisectBatchOnFunctionError',
      { BisectBatchOnFunctionError: true },
      { ...stream, BisectBatchOnFunctionError: true },
    ],
    ['ParallelizationFactor', { ...stream, ParallelizationFactor: 11 }, { ...stream, ParallelizationFactor: 10 }],
    ['MaximumRetryAttempts', { ...stream, MaximumRetryAttempts: 10_001 }, { ...stream, MaximumRetryAttempts: -1 }],
  ]);
});
