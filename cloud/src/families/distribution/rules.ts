import { object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { isKnown, type Rule } from '../contract/rule.ts';
import { behaviorRules } from './behavior-rules.ts';
import { originRules } from './origin-rules.ts';

/** What AWS refuses of CloudFront distributions. */
export const rules: readonly Rule[] = [
  {
    code: 'ORIGIN_MISSING',
    types: ['AWS::CloudFront::Distribution'],
    page: 'cloudfront/latest/APIReference/API_DefaultCacheBehavior.html',
    what: words(
      'Every cache behavior names an origin, or a group of origins, of its distribution.',
      '캐시 동작은 배포에 정의한 오리진이나 오리진 그룹을 지정해야 합니다.',
    ),
    check: ({ properties }) => {
      const config = object(properties, 'DistributionConfig');
      const groups = objects(object(config, 'OriginGroups'), 'Items');
      const ids = [...objects(config, 'Origins'), ...groups].map(({ Id }) => Id ?? null);
      if (ids.length === 0 || !isKnown(ids)) return [];
      const behaviors: [(string | number)[], string | undefined][] = [
        [['DefaultCacheBehavior'], text(object(config, 'DefaultCacheBehavior'), 'TargetOriginId')],
        ...objects(config, 'CacheBehaviors').map((each, index): [(string | number)[], string | undefined] => [
          ['CacheBehaviors', index],
          text(each, 'TargetOriginId'),
        ]),
      ];
      return behaviors.flatMap(([at, id]) =>
        id === undefined || !isKnown(id) || ids.includes(id)
          ? []
          : [
              {
                at: ['DistributionConfig', ...at, 'TargetOriginId'],
                cause: words(`No origin is called ${id}.`, `${id}{이라/라}는 오리진이 없습니다.`),
                next: words(`Write one of ${ids.join(', ')}.`, `다음 중 하나를 쓰세요: ${ids.join(', ')}`),
                aws: 'One or more of your origins or origin groups do not exist.',
              },
            ],
      );
    },
  },
  ...originRules,
  ...behaviorRules,
];
