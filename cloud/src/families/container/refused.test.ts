import { describe } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'shop',
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: '256',
      Memory: '512',
      ExecutionRoleArn: 'arn:aws:iam::111122223333:role/one',
      ContainerDefinitions: [{ Name: 'web', Image: 'nginx', PortMappings: [{ ContainerPort: 80 }] }],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      Cluster: ref('Cluster'),
      TaskDefinition: ref('Task'),
      LaunchType: 'FARGATE',
      DesiredCount: 1,
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('A')], SecurityGroups: [ref('Group')] } },
    },
  },
};
const container = (more: JsonObject) => ({ ContainerDefinitions: [{ Name: 'web', Image: 'nginx', ...more }] });
const onInstances = { RequiresCompatibilities: ['EC2'], NetworkMode: 'bridge', Cpu: out, Memory: out };
const port = (more: JsonObject) => container({ PortMappings: [{ ContainerPort: 80, ...more }] });
const inService = { 'Service:LaunchType': 'EC2', 'Service:NetworkConfiguration': out };

describe('a task', () => {
  table(base, 'Task', [
    ['ContainerDefinitions.0.Image', container({ Image: '' }), container({ Image: 'a' })],
    ['Family', { Family: 'my shop' }, { Family: 'my-shop_1' }],
    ['Memory', { Cpu: '256', Memory: '4096' }, { Cpu: '256', Memory: '2048' }],
    ['Memory', { Cpu: '512', Memory: '512' }, { Cpu: '512', Memory: '1024' }],
    ['Memory', { Cpu: '1024', Memory: '2500' }, { Cpu: '1024', Memory: '3072' }],
    ['Memory', { Cpu: '4096', Memory: '4096' }, { Cpu: '4096', Memory: '8192' }],
    ['Memory', { Cpu: '8192', Memory: '17408' }, { Cpu: '8192', Memory: '20480' }],
    ['Cpu', { Cpu: '300', Memory: '512' }, { Cpu: '.25 vCPU', Memory: '0.5 GB' }],
    ['', { Cpu: out }, { Cpu: '256' }],
    ['NetworkMode', { NetworkMode: 'bridge' }, { ...onInstances, ...container({ Memory: 128 }), ...inService }],
    ['NetworkMode', { NetworkMode: 'vpc' }, { NetworkMode: 'awsvpc' }],
    [
      'RequiresCompatibilities.0',
      { RequiresCompatibilities: ['LAMBDA'] },
      { RequiresCompatibilities: ['FARGATE', 'EC2'] },
    ],
    ['ContainerDefinitions', { ContainerDefinitions: [] }, container({})],
    ['ContainerDefinitions.0', { ContainerDefinitions: [{ Name: 'web' }] }, container({})],
    ['ContainerDefinitions.0.Name', container({ Name: 'my web' }), container({ Name: 'my-web_1' })],
    [
      'ContainerDefinitions.1.Name',
      {
        ContainerDefinitions: [
          { Name: 'web', Image: 'a' },
          { Name: 'web', Image: 'b' },
        ],
      },
      {
        ContainerDefinitions: [
          { Name: 'web', Image: 'a' },
          { Name: 'log', Image: 'b' },
        ],
      },
    ],
    ['ContainerDefinitions', container({ Essential: false }), container({ Essential: true })],
    ['ContainerDefinitions.0.Memory', container({ Memory: 513 }), container({ Memory: 512 })],
    ['ContainerDefinitions.0.Cpu', container({ Cpu: 257 }), container({ Cpu: 256 })],
    [
      'ContainerDefinitions.0.MemoryReservation',
      container({ Memory: 256, MemoryReservation: 512 }),
      container({ Memory: 512, MemoryReservation: 256 }),
    ],
    [
      'ContainerDefinitions.0',
      { ...onInstances, ...container({}), ...inService },
      { ...onInstances, ...container({ MemoryReservation: 128 }), ...inService },
    ],
    ['ContainerDefinitions.0.PortMappings.0.HostPort', port({ HostPort: 8080 }), port({ HostPort: 80 })],
    [
      'ContainerDefinitions.0.PortMappings.0.ContainerPort',
      port({ ContainerPort: 70_000 }),
      port({ ContainerPort: 65_535 }),
    ],
    ['ContainerDefinitions.0.PortMappings.0.Protocol', port({ Protocol: 'http' }), port({ Protocol: 'udp' })],
    ['ContainerDefinitions.0.Links', container({ Links: ['db'] }), container({ Command: ['a'] })],
    ['ContainerDefinitions.0.Privileged', container({ Privileged: true }), container({ Privileged: false })],
    [
      'ContainerDefinitions.0.LogConfiguration.LogDriver',
      container({ LogConfiguration: { LogDriver: 'syslog' } }),
      container({ LogConfiguration: { LogDriver: 'awslogs', Options: logs() } }),
    ],
    [
      'ContainerDefinitions.0.LogConfiguration.Options',
      container({ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-region': 'ap-northeast-2' } } }),
      container({ LogConfiguration: { LogDriver: 'awslogs', Options: logs() } }),
    ],
    [
      'ContainerDefinitions.0.HealthCheck.Interval',
      container({ HealthCheck: { Command: ['CMD', 'a'], Interval: 4 } }),
      container({ HealthCheck: { Command: ['CMD', 'a'], Interval: 5, Timeout: 5 } }),
    ],
    [
      'ContainerDefinitions.0.HealthCheck.Retries',
      container({ HealthCheck: { Command: ['CMD', 'a'], Retries: 11 } }),
      container({ HealthCheck: { Command: ['CMD', 'a'], Retries: 10 } }),
    ],
    [
      'ContainerDefinitions.0.HealthCheck.Command',
      container({ HealthCheck: { Command: ['curl', 'a'] } }),
      container({ HealthCheck: { Command: ['CMD-SHELL', 'curl a'] } }),
    ],
    [
      'ContainerDefinitions.0.DependsOn.0.ContainerName',
      container({ DependsOn: [{ ContainerName: 'db', Condition: 'START' }] }),
      {
        ContainerDefinitions: [
          { Name: 'web', Image: 'a', DependsOn: [{ ContainerName: 'log', Condition: 'START' }] },
          { Name: 'log', Image: 'b' },
        ],
      },
    ],
    [
      'ContainerDefinitions.0.DependsOn.0.Condition',
      container({ DependsOn: [{ ContainerName: 'web', Condition: 'READY' }] }),
      container({ StopTimeout: 120 }),
    ],
    ['ContainerDefinitions.0.StopTimeout', container({ StopTimeout: 121 }), container({ StopTimeout: 120 })],
    [
      'ContainerDefinitions.0.MountPoints.0.SourceVolume',
      container({ MountPoints: [{ SourceVolume: 'data', ContainerPath: '/data' }] }),
      {
        ...container({ MountPoints: [{ SourceVolume: 'data', ContainerPath: '/data' }] }),
        Volumes: [{ Name: 'data' }],
      },
    ],
    [
      'Volumes.0.Host',
      { Volumes: [{ Name: 'data', Host: { SourcePath: '/data' } }] },
      { Volumes: [{ Name: 'data', EFSVolumeConfiguration: { FilesystemId: 'fs-0123456789abcdef0' } }] },
    ],
    ['EphemeralStorage.SizeInGiB', { EphemeralStorage: { SizeInGiB: 20 } }, { EphemeralStorage: { SizeInGiB: 21 } }],
    [
      '',
      {
        ExecutionRoleArn: out,
        ...container({ Secrets: [{ Name: 'A', ValueFrom: 'arn:aws:ssm:ap-northeast-2:111122223333:parameter/a' }] }),
      },
      container({ Secrets: [{ Name: 'A', ValueFrom: 'arn:aws:ssm:ap-northeast-2:111122223333:parameter/a' }] }),
    ],
    [
      'RuntimePlatform.CpuArchitecture',
      { RuntimePlatform: { CpuArchitecture: 'ARM' } },
      { RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' } },
    ],
  ]);
  table(base, 'Service', [
    ['', { NetworkConfiguration: out }, { DesiredCount: 0 }],
    ['LaunchType', { LaunchType: 'fargate' }, { LaunchType: 'FARGATE' }],
    [
      'LaunchType',
      { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }] },
      { LaunchType: out, CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }] },
    ],
    ['ServiceName', { ServiceName: 'my service' }, { ServiceName: 'my-service' }],
    [
      'DeploymentConfiguration.MaximumPercent',
      { DeploymentConfiguration: { MaximumPercent: 100, MinimumHealthyPercent: 100 } },
      { DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 } },
    ],
    [
      'LoadBalancers.0',
      { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80 }] },
      { LoadBalancers: [balancer()] },
    ],
    [
      'LoadBalancers.0.ContainerName',
      { LoadBalancers: [{ ...balancer(), ContainerName: 'app' }] },
      { LoadBalancers: [balancer()] },
    ],
    [
      'LoadBalancers.0.ContainerPort',
      { LoadBalancers: [{ ...balancer(), ContainerPort: 8080 }] },
      { LoadBalancers: [balancer()] },
    ],
    [
      'HealthCheckGracePeriodSeconds',
      { HealthCheckGracePeriodSeconds: 60 },
      { HealthCheckGracePeriodSeconds: 60, LoadBalancers: [balancer()] },
    ],
    [
      'PlacementStrategies',
      { PlacementStrategies: [{ Type: 'spread', Field: 'instanceId' }] },
      { PropagateTags: 'SERVICE' },
    ],
    ['SchedulingStrategy', { SchedulingStrategy: 'DAEMON' }, { SchedulingStrategy: 'REPLICA' }],
    [
      'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
      { 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp': 'true' },
      { 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp': 'ENABLED' },
    ],
    ['PlatformVersion', { PlatformVersion: '2.0' }, { PlatformVersion: '1.4.0' }],
    ['PropagateTags', { PropagateTags: 'TASK' }, { PropagateTags: 'TASK_DEFINITION' }],
    [
      'LoadBalancers.0.TargetGroupArn',
      { LoadBalancers: [{ ...balancer(), TargetGroupArn: ref('Targets') }], 'Targets:': targets({}) },
      { LoadBalancers: [{ ...balancer(), TargetGroupArn: ref('Targets') }], 'Targets:': targets({ TargetType: 'ip' }) },
    ],
  ]);
  table(base, 'Cluster', [
    ['ClusterName', { ClusterName: 'my cluster' }, { ClusterName: 'my-cluster' }],
    ['CapacityProviders.0', { CapacityProviders: ['fargate'] }, { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] }],
    [
      'ClusterSettings.0.Value',
      { ClusterSettings: [{ Name: 'containerInsights', Value: 'on' }] },
      { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] },
    ],
  ]);
});

function logs() {
  return { 'awslogs-group': 'shop', 'awslogs-region': 'ap-northeast-2', 'awslogs-stream-prefix': 'web' };
}

function balancer() {
  return {
    ContainerName: 'web',
    ContainerPort: 80,
    TargetGroupArn: 'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/one/0123456789abcdef',
  };
}

function targets(more: JsonObject): JsonObject {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP', ...more },
  };
}
