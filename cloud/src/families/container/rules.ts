import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { needed } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';
import { definitionRules, isFargate } from './definition-rules.ts';
import { serviceRules } from './service-rules.ts';

const tasks = ['AWS::ECS::TaskDefinition'];
const page = 'AmazonECS/latest/developerguide/fargate-tasks-services.html';

/** CPU units to the least and the most MiB of memory, and the step; from 8 vCPU on the step is larger. */
const sizes: Readonly<Record<number, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

/** What AWS refuses of tasks and services of ECS on Fargate. */
export const rules: readonly Rule[] = [
  ...['Cpu', 'Memory'].map((path) =>
    needed({ types: tasks, paths: [path], said: words('A task for Fargate', 'Fargate 태스크'), when: isFargate, page }),
  ),
  {
    code: 'NETWORK_MODE',
    types: tasks,
    page,
    what: words('A task for Fargate has the network mode awsvpc.', 'Fargate 태스크의 네트워크 모드는 awsvpc입니다.'),
    check: (resource) => {
      const mode = text(resource.properties, 'NetworkMode');
      if (!isFargate(resource) || mode === 'awsvpc' || !isKnown(mode)) return [];
      return [
        {
          at: mode === undefined ? [] : ['NetworkMode'],
          cause: words(
            `The network mode is ${mode ?? 'bridge'}, and Fargate takes awsvpc only.`,
            `네트워크 모드가 ${mode ?? 'bridge'}입니다. Fargate에서는 awsvpc만 쓸 수 있습니다.`,
          ),
          next: words('Write NetworkMode: awsvpc.', 'NetworkMode를 awsvpc로 쓰세요.'),
          aws: 'Fargate only supports network mode ‘awsvpc’.',
        },
      ];
    },
  },
  {
    code: 'TASK_SIZE',
    types: tasks,
    page,
    what: words(
      'CPU and memory of a task for Fargate go together.',
      'Fargate 태스크의 CPU와 메모리는 정해진 조합이어야 합니다.',
    ),
    check: (resource) => {
      const [cpu, memory] = [number(resource.properties, 'Cpu'), number(resource.properties, 'Memory')];
      if (!isFargate(resource) || cpu === undefined || memory === undefined) return [];
      const size = sizes[cpu];
      const fits = size
        ? memory >= size[0] && memory <= size[1] && memory % size[2] === 0
        : cpu === 256 && [512, 1024, 2048].includes(memory);
      if (fits) return [];
      return [
        {
          at: [size || cpu === 256 ? 'Memory' : 'Cpu'],
          cause: words(
            `Fargate has no task of ${cpu} CPU units and ${memory} MiB.`,
            `Fargate에는 CPU ${cpu}단위와 메모리 ${memory}MiB 조합이 없습니다.`,
          ),
          next: size
            ? words(
                `Write ${size[0]} to ${size[1]} in steps of ${size[2]}.`,
                `${size[0]}~${size[1]}에서 ${size[2]} 단위로 쓰세요.`,
              )
            : words('Write 256 units with 512, 1024 or 2048 MiB.', 'CPU 256단위에는 512, 1024, 2048MiB를 쓰세요.'),
          aws: 'No Fargate configuration exists for given values.',
        },
      ];
    },
  },
  needed({
    types: ['AWS::ECS::Service'],
    paths: ['NetworkConfiguration'],
    said: words('A service on Fargate', 'Fargate 서비스'),
    when: ({ properties }) => text(properties, 'LaunchType') === 'FARGATE',
    page,
    aws: 'Network Configuration must be provided when networkMode ‘awsvpc’ is specified.',
  }),
  ...definitionRules,
  ...serviceRules,
];
