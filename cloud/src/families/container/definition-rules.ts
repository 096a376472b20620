import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { notEmpty, refused, refusedItem } from '../contract/refused.ts';
import { form, length, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::ECS::TaskDefinition'];
const list = 'ContainerDefinitions';
const page = 'AmazonECS/latest/APIReference/API_ContainerDefinition.html';
const fargatePage = 'AmazonECS/latest/developerguide/fargate-tasks-services.html';
const healthPage = 'AmazonECS/latest/APIReference/API_HealthCheck.html';

export const isFargate = ({ properties }: Pick<Resource, 'properties'>) =>
  texts(properties, 'RequiresCompatibilities').includes('FARGATE');
const isAwsvpc = ({ properties }: Pick<Resource, 'properties'>) => text(properties, 'NetworkMode') === 'awsvpc';

const name = {
  code: 'NAME_CHARACTERS',
  pattern: /^[\w-]{1,255}$/,
  said: words(
    'a name has up to 255 letters, digits, hyphens and underscores',
    '이름에는 영문자, 숫자, 하이픈, 밑줄만 255자까지 씁니다.',
  ),
  page,
};

/** What AWS refuses of the containers of tasks. */
export const definitionRules: readonly Rule[] = [
  form({ types, path: 'Family', ...name }),
  form({ types, path: `${list}.*.Name`, ...name }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words(
      'A task has a container, and one of them is essential.',
      '태스크에는 컨테이너가 있어야 하고 그중 하나는 필수(Essential)여야 합니다.',
    ),
    where: ({ properties }) => {
      const all = objects(properties, list);
      const isEmpty = Array.isArray(properties[list]) && properties[list].length === 0;
      return isEmpty || (all.length > 0 && all.every((each) => flag(each, 'Essential') === false)) ? [list] : [];
    },
    aws: 'Task definition does not have any essential containers.',
  }),
  refusedItem({
    code: 'LISTED_TWICE',
    types,
    list,
    page,
    what: words('Containers of a task have names of their own.', '태스크 안의 컨테이너 이름은 서로 달라야 합니다.'),
    where: (item, _, index, all) => (all.findIndex((each) => each.Name === item.Name) < index ? ['Name'] : []),
  }),
  ...['Memory', 'Cpu'].map((path) =>
    refusedItem({
      code: 'TASK_SIZE',
      types,
      list,
      page,
      what: words(
        `${path} of all containers is within that of the task.`,
        `컨테이너의 ${path} 합계는 태스크의 값을 넘지 않아야 합니다.`,
      ),
      where: (item, { properties }, index, all) => {
        const whole = number(properties, path);
        const used = all.slice(0, index + 1).reduce((sum, each) => sum + (number(each, path) ?? 0), 0);
        return whole !== undefined && isStated(item, path) && used > whole && (path === 'Cpu' || alone(item, whole))
          ? [path]
          : [];
      },
    }),
  ),
  refusedItem({
    code: 'TASK_SIZE',
    types,
    list,
    page,
    what: words(
      'The reservation of a container is below its memory.',
      '컨테이너의 MemoryReservation은 Memory보다 작아야 합니다.',
    ),
    where: (item) => {
      const [hard, soft] = [number(item, 'Memory'), number(item, 'MemoryReservation')];
      return hard !== undefined && soft !== undefined && soft > hard ? ['MemoryReservation'] : [];
    },
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list,
    page,
    what: words(
      'On instances a container states Memory or MemoryReservation, unless the task states Memory.',
      '인스턴스에서는 태스크에 Memory가 없으면 컨테이너에 Memory나 MemoryReservation이 필요합니다.',
    ),
    where: (item, resource) =>
      !isFargate(resource) &&
      !texts(resource.properties, 'RequiresCompatibilities').includes('EXTERNAL') &&
      !isStated(resource.properties, 'Memory') &&
      !isStated(item, 'Memory') &&
      !isStated(item, 'MemoryReservation')
        ? ['']
        : [],
    aws: "Invalid setting for container. At least one of 'memory' or 'memoryReservation' must be specified.",
  }),
  range({ types, path: `${list}.*.PortMappings.*.ContainerPort`, from: 0, to: 65_535, page }),
  range({ types, path: `${list}.*.PortMappings.*.HostPort`, from: 0, to: 65_535, page }),
  refusedItem({
    code: 'NETWORK_MODE',
    types,
    list,
    page: 'AmazonECS/latest/APIReference/API_PortMapping.html',
    what: words(
      'In the network mode awsvpc a host port is the container’s port.',
      'awsvpc 네트워크 모드에서 HostPort는 ContainerPort와 같아야 합니다.',
    ),
    where: (item, resource) =>
      objects(item, 'PortMappings').flatMap((each, index) => {
        const [host, inner] = [number(each, 'HostPort'), number(each, 'ContainerPort')];
        return isAwsvpc(resource) && host !== undefined && host !== 0 && host !== inner
          ? [`PortMappings.${index}.HostPort`]
          : [];
      }),
    aws: 'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
  }),
  refusedItem({
    code: 'NETWORK_MODE',
    types,
    list,
    page,
    what: words('Links are for the network mode bridge.', 'Links는 bridge 네트워크 모드에서만 씁니다.'),
    where: (item, resource) => (isAwsvpc(resource) && texts(item, 'Links').length > 0 ? ['Links'] : []),
    aws: 'Links are not supported when networkMode=awsvpc.',
  }),
  refusedItem({
    code: 'NOT_FOR_THIS_KIND',
    types,
    list,
    page: fargatePage,
    what: words(
      'On Fargate a container is not privileged, and logs by awslogs, splunk or awsfirelens.',
      'Fargate에서는 Privileged를 쓸 수 없고 로그 드라이버는 awslogs, splunk, awsfirelens입니다.',
    ),
    where: (item, resource) => {
      if (!isFargate(resource)) return [];
      const driver = text(object(item, 'LogConfiguration'), 'LogDriver');
      return [
        ...(flag(item, 'Privileged') ? ['Privileged'] : []),
        ...(driver !== undefined && !['awslogs', 'splunk', 'awsfirelens'].includes(driver)
          ? ['LogConfiguration.LogDriver']
          : []),
      ];
    },
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list,
    page: 'AmazonECS/latest/developerguide/specify-log-config.html',
    what: words(
      'The driver awslogs needs awslogs-group and awslogs-region, on Fargate awslogs-stream-prefix too.',
      'awslogs 드라이버에는 awslogs-group과 awslogs-region이, Fargate에서는 awslogs-stream-prefix도 필요합니다.',
    ),
    where: (item, resource) => {
      const config = object(item, 'LogConfiguration');
      if (text(config, 'LogDriver') !== 'awslogs') return [];
      const options = object(config, 'Options');
      const needed = ['awslogs-group', 'awslogs-region', ...(isFargate(resource) ? ['awslogs-stream-prefix'] : [])];
      const missing = needed.some((each) => !isStated(options, each));
      return missing ? [isStated(config, 'Options') ? 'LogConfiguration.Options' : 'LogConfiguration'] : [];
    },
  }),
  range({ types, path: `${list}.*.HealthCheck.Interval`, from: 5, to: 300, page: healthPage }),
  range({ types, path: `${list}.*.HealthCheck.Timeout`, from: 2, to: 120, page: healthPage }),
  range({ types, path: `${list}.*.HealthCheck.Retries`, from: 1, to: 10, page: healthPage }),
  range({ types, path: `${list}.*.HealthCheck.StartPeriod`, from: 0, to: 300, page: healthPage }),
  refusedItem({
    code: 'WRONG_FORM',
    types,
    list,
    page: healthPage,
    what: words(
      'The command of a health check begins with CMD or CMD-SHELL.',
      '상태 확인 명령은 CMD나 CMD-SHELL로 시작합니다.',
    ),
    where: (item) => {
      const [first] = texts(object(item, 'HealthCheck'), 'Command');
      return first !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(first) ? ['HealthCheck.Command'] : [];
    },
  }),
  refusedItem({
    code: 'CONTAINER_MISSING',
    types,
    list,
    page: 'AmazonECS/latest/APIReference/API_ContainerDependency.html',
    what: words(
      'A container depends on another one of its task.',
      '컨테이너는 같은 태스크의 다른 컨테이너에만 의존합니다.',
    ),
    where: (item, _, __, all) =>
      objects(item, 'DependsOn').flatMap((each, index) =>
        all.some(({ Name }) => Name === each.ContainerName) ? [] : [`DependsOn.${index}.ContainerName`],
      ),
  }),
  range({ types, path: `${list}.*.StopTimeout`, from: 0, to: 120, when: isFargate, page }),
  refusedItem({
    code: 'VOLUME_MISSING',
    types,
    list,
    page: 'AmazonECS/latest/APIReference/API_MountPoint.html',
    what: words(
      'A mount point names a volume of its task.',
      '마운트 지점은 태스크의 Volumes에 있는 볼륨을 지정합니다.',
    ),
    where: (item, { properties }) => {
      const volumes = objects(properties, 'Volumes').map(({ Name }) => Name);
      return objects(item, 'MountPoints').flatMap((each, index) =>
        isStated(each, 'SourceVolume') && isKnown(properties.Volumes ?? null) && !volumes.includes(each.SourceVolume)
          ? [`MountPoints.${index}.SourceVolume`]
          : [],
      );
    },
    aws: 'Unknown volume.',
  }),
  refusedItem({
    code: 'NOT_FOR_THIS_KIND',
    types,
    list: 'Volumes',
    page: fargatePage,
    what: words('On Fargate a volume has no path of the host.', 'Fargate에서는 볼륨에 호스트 경로를 쓸 수 없습니다.'),
    where: (item, resource) => (isFargate(resource) && isStated(item, 'Host.SourcePath') ? ['Host'] : []),
    aws: 'host.sourcePath should not be set for volumes in Fargate.',
  }),
  range({
    types,
    path: 'EphemeralStorage.SizeInGiB',
    from: 21,
    to: 200,
    page: 'AmazonECS/latest/APIReference/API_EphemeralStorage.html',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'AmazonECS/latest/developerguide/task_execution_IAM_role.html',
    what: words(
      'Secrets of containers, and awslogs on Fargate, need an ExecutionRoleArn.',
      '컨테이너의 Secrets와 Fargate의 awslogs에는 ExecutionRoleArn이 필요합니다.',
    ),
    where: (resource) => {
      const { properties } = resource;
      if (isStated(properties, 'ExecutionRoleArn')) return [];
      const needs = objects(properties, list).some(
        (each) =>
          objects(each, 'Secrets').length > 0 ||
          (isFargate(resource) && text(object(each, 'LogConfiguration'), 'LogDriver') === 'awslogs'),
      );
      return needs ? [''] : [];
    },
    aws: 'When you are specifying container secrets, you must also specify a value for ‘executionRoleArn’.',
  }),
  ...['Image', 'Environment.*.Name'].map((path) =>
    length({ types, path: `${list}.*.${path}`, most: 1024, code: 'TEXT_LENGTH', page }),
  ),
  notEmpty({ types, paths: [`${list}.*.HealthCheck.Command`], page: healthPage }),
];

/** Hard limits may add up to more than the task has; one alone may not. */
function alone(item: JsonObject, whole: number): boolean {
  return (number(item, 'Memory') ?? 0) > whole;
}
