import { number, object } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, oneOf, range } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';

const types = ['AWS::RDS::DBCluster'];
const page = 'AmazonRDS/latest/APIReference/API_CreateDBCluster.html';
const scalingPage = 'AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html';
const scaling = 'ServerlessV2ScalingConfiguration';

/** What AWS refuses of clusters. */
export const clusterRules: readonly Rule[] = [
  form({
    types,
    path: 'Engine',
    code: 'WRONG_VALUE',
    pattern: /^(aurora(-mysql|-postgresql)?|mysql|postgres|neptune)$/i,
    said: words(
      'a cluster is of aurora-mysql, aurora-postgresql, mysql or postgres',
      '클러스터의 엔진은 aurora-mysql, aurora-postgresql, mysql, postgres입니다.',
    ),
    page,
    aws: (name) => `Invalid DB engine: ${name}`,
  }),
  oneOf({
    types,
    path: 'EngineMode',
    values: ['provisioned', 'serverless', 'parallelquery', 'global', 'multimaster'],
    page,
  }),
  range({ types, path: 'BacktrackWindow', from: 0, to: 259_200, page }),
  range({ types, path: `${scaling}.MinCapacity`, from: 0, to: 256, page: scalingPage }),
  range({ types, path: `${scaling}.MaxCapacity`, from: 1, to: 256, page: scalingPage }),
  refused({
    code: 'WRONG_CAPACITY',
    types,
    page: scalingPage,
    what: words(
      'Capacities are multiples of 0.5, the least not above the most.',
      '용량은 0.5의 배수이고 최소 용량이 최대 용량보다 클 수 없습니다.',
    ),
    where: ({ properties }) => {
      const stated = object(properties, scaling);
      const [least, most] = [number(stated, 'MinCapacity'), number(stated, 'MaxCapacity')];
      if (!isKnown(stated)) return [];
      const odd = ['MinCapacity', 'MaxCapacity'].filter((each) => ((number(stated, each) ?? 0) * 2) % 1 !== 0);
      const crossed =
        least !== undefined && most !== undefined && least > most && odd.length === 0 ? ['MinCapacity'] : [];
      return [...odd, ...crossed].map((each) => `${scaling}.${each}`);
    },
  }),
];
