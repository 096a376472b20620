import type { Resource } from '../../inventory.ts';
import { number, object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused, refusedItem } from '../contract/refused.ts';
import { exclusive, form, oneOf } from '../contract/rows.ts';
import { type Estate, isKnown, isStated, type Path, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::ECS::Service'];
const clusters = ['AWS::ECS::Cluster'];
const page = 'AmazonECS/latest/APIReference/API_CreateService.html';
const clusterPage = 'AmazonECS/latest/APIReference/API_CreateCluster.html';
const onFargate = ({ properties }: Pick<Resource, 'properties'>) => text(properties, 'LaunchType') === 'FARGATE';
const nameForm = {
  code: 'NAME_CHARACTERS',
  pattern: /^[\w-]{1,255}$/,
  said: words(
    'a name has up to 255 letters, digits, hyphens and underscores',
    '이름에는 영문자, 숫자, 하이픈, 밑줄만 255자까지 씁니다.',
  ),
};

/** What AWS refuses of services and clusters of ECS. */
export const serviceRules: readonly Rule[] = [
  form({ types, path: 'ServiceName', ...nameForm, page }),
  form({ types: clusters, path: 'ClusterName', ...nameForm, page: clusterPage }),
  exclusive({
    types,
    paths: ['CapacityProviderStrategy', 'LaunchType'],
    page,
    aws: 'Specifying both a launch type and capacity provider strategy is not supported.',
  }),
  refused({
    code: 'WRONG_VALUE',
    types,
    page: 'AmazonECS/latest/APIReference/API_DeploymentConfiguration.html',
    what: words(
      'A deployment needs room: the most is above 100 percent, or the least below.',
      '배포에는 여유가 필요합니다. 최대가 100%보다 크거나 최소가 100%보다 작아야 합니다.',
    ),
    where: ({ properties }) => {
      const config = object(properties, 'DeploymentConfiguration');
      const [most, least] = [number(config, 'MaximumPercent'), number(config, 'MinimumHealthyPercent')];
      return most !== undefined && least !== undefined && most <= 100 && least >= most
        ? ['DeploymentConfiguration.MaximumPercent']
        : [];
    },
    aws: 'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list: 'LoadBalancers',
    page: 'AmazonECS/latest/APIReference/API_LoadBalancer.html',
    what: words(
      'A load balancer of a service is named by its target group, or by its name.',
      '서비스의 로드 밸런서는 TargetGroupArn이나 LoadBalancerName으로 지정합니다.',
    ),
    where: (item) => (isStated(item, 'TargetGroupArn') || isStated(item, 'LoadBalancerName') ? [] : ['']),
  }),
  refused({
    code: 'CONTAINER_MISSING',
    types,
    page: 'AmazonECS/latest/APIReference/API_LoadBalancer.html',
    what: words(
      'A load balancer leads to a container of the task, on a port that the container has.',
      '로드 밸런서는 태스크에 있는 컨테이너와 그 컨테이너의 포트를 지정합니다.',
    ),
    where: (resource, estate) => {
      const containers = containersOf(resource, estate);
      if (!containers) return [];
      return objects(resource.properties, 'LoadBalancers').flatMap((each, index): Path[] => {
        const container = containers.find(({ Name }) => Name === each.ContainerName);
        if (!isKnown(each.ContainerName ?? null) || !isStated(each, 'ContainerName')) return [];
        if (!container) return [['LoadBalancers', index, 'ContainerName']];
        const ports = objects(container, 'PortMappings').map((mapping) => number(mapping, 'ContainerPort'));
        const port = number(each, 'ContainerPort');
        return port === undefined || ports.includes(port) || !isKnown(container.PortMappings ?? null)
          ? []
          : [['LoadBalancers', index, 'ContainerPort']];
      });
    },
    aws: 'The container did not have a container port defined.',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words(
      'A grace period of health checks is for services behind load balancers.',
      '상태 확인 유예 기간은 로드 밸런서가 있는 서비스에만 씁니다.',
    ),
    where: ({ properties }) =>
      isStated(properties, 'HealthCheckGracePeriodSeconds') &&
      (number(properties, 'HealthCheckGracePeriodSeconds') ?? 0) > 0 &&
      ['LoadBalancers', 'ServiceConnectConfiguration', 'VpcLatticeConfigurations'].every(
        (each) => !isStated(properties, each),
      )
        ? ['HealthCheckGracePeriodSeconds']
        : [],
    aws: 'Health check grace period is only valid for services configured to use load balancers',
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: 'AmazonECS/latest/developerguide/fargate-tasks-services.html',
    what: words(
      'On Fargate there are no placement strategies or constraints, and no daemons.',
      'Fargate에서는 배치 전략, 배치 제약, DAEMON을 쓸 수 없습니다.',
    ),
    where: (resource) => {
      if (!onFargate(resource)) return [];
      const { properties } = resource;
      const placed = ['PlacementStrategies', 'PlacementConstraints'].filter(
        (each) => objects(properties, each).length > 0,
      );
      return [...placed, ...(text(properties, 'SchedulingStrategy') === 'DAEMON' ? ['SchedulingStrategy'] : [])];
    },
    aws: 'Placement strategies are not supported with FARGATE launch type.',
  }),
  form({
    types,
    path: 'PlatformVersion',
    code: 'WRONG_FORM',
    pattern: /^(LATEST|\d+\.\d+\.\d+)$/,
    said: words('a version is LATEST or as 1.4.0', '버전은 LATEST나 1.4.0처럼 씁니다.'),
    page: 'AmazonECS/latest/developerguide/platform-fargate.html',
  }),
  refused({
    code: 'TARGET_TYPE',
    types,
    page: 'AmazonECS/latest/developerguide/alb.html',
    what: words(
      'Tasks in the network mode awsvpc are targets of the type ip.',
      'awsvpc 네트워크 모드의 태스크는 대상 유형이 ip인 대상 그룹에 등록됩니다.',
    ),
    where: (resource, estate) => {
      const task = taskOf(resource, estate);
      if (!onFargate(resource) && text(task?.properties ?? {}, 'NetworkMode') !== 'awsvpc') return [];
      return valuesAt(resource.properties, 'LoadBalancers.*.TargetGroupArn').flatMap(([at, id]) => {
        const group = estate.find(id);
        const isGroup = group?.type === 'AWS::ElasticLoadBalancingV2::TargetGroup';
        return isGroup && (text(group.properties, 'TargetType') ?? 'instance') === 'instance' ? [at] : [];
      });
    },
    aws: 'The provided target group has target type instance, which is incompatible with the awsvpc network mode',
  }),
  form({
    types: clusters,
    path: 'CapacityProviders.*',
    code: 'WRONG_VALUE',
    pattern: /^(FARGATE|FARGATE_SPOT|(?!aws|ecs|fargate)[\w-]+)$/,
    said: words(
      'AWS’s own are FARGATE and FARGATE_SPOT; other names do not begin with aws, ecs or fargate',
      'AWS의 공급자는 FARGATE와 FARGATE_SPOT입니다. 다른 이름은 aws, ecs, fargate로 시작할 수 없습니다.',
    ),
    page: 'AmazonECS/latest/APIReference/API_CreateCapacityProvider.html',
  }),
  oneOf({
    types: clusters,
    path: 'ClusterSettings.*.Value',
    values: ['enabled', 'disabled', 'enhanced'],
    page: 'AmazonECS/latest/APIReference/API_ClusterSetting.html',
  }),
];

function taskOf({ properties }: Resource, estate: Estate): Resource | undefined {
  const task = estate.find(properties.TaskDefinition);
  return task?.type === 'AWS::ECS::TaskDefinition' ? task : undefined;
}

/** Containers of the service's task, where its template states them. */
function containersOf(resource: Resource, estate: Estate) {
  const containers = objects(taskOf(resource, estate)?.properties ?? {}, 'ContainerDefinitions');
  return containers.length > 0 && isKnown(containers.map(({ Name }) => Name ?? null)) ? containers : undefined;
}
