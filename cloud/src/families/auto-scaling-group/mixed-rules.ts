import { object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused, refusedItem } from '../contract/refused.ts';
import { oneOf, range } from '../contract/rows.ts';
import { isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::AutoScaling::AutoScalingGroup'];
const page = 'autoscaling/ec2/APIReference/API_InstancesDistribution.html';
const overridesPage = 'autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html';
const distribution = 'MixedInstancesPolicy.InstancesDistribution';
const overrides = 'MixedInstancesPolicy.LaunchTemplate.Overrides';

/** What AWS refuses of groups with several types of instances. */
export const mixedRules: readonly Rule[] = [
  range({ types, path: `${distribution}.OnDemandPercentageAboveBaseCapacity`, from: 0, to: 100, page }),
  range({ types, path: `${distribution}.OnDemandBaseCapacity`, from: 0, to: 1_000_000, page }),
  range({ types, path: `${distribution}.SpotInstancePools`, from: 1, to: 20, page }),
  oneOf({ types, path: `${distribution}.OnDemandAllocationStrategy`, values: ['lowest-price', 'prioritized'], page }),
  oneOf({
    types,
    path: `${distribution}.SpotAllocationStrategy`,
    values: ['lowest-price', 'capacity-optimized', 'capacity-optimized-prioritized', 'price-capacity-optimized'],
    page,
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page,
    what: words(
      'SpotInstancePools is for the strategy lowest-price.',
      'SpotInstancePools는 lowest-price 전략에만 씁니다.',
    ),
    where: ({ properties }) => {
      const stated = object(object(properties, 'MixedInstancesPolicy'), 'InstancesDistribution');
      const strategy = text(stated, 'SpotAllocationStrategy');
      return strategy !== undefined &&
        /optimized/.test(strategy) &&
        isStated(properties, `${distribution}.SpotInstancePools`)
        ? [`${distribution}.SpotInstancePools`]
        : [];
    },
  }),
  refusedItem({
    code: 'LISTED_TWICE',
    types,
    list: overrides,
    page: overridesPage,
    what: words('Overrides list an instance type once.', 'Overrides에는 인스턴스 유형을 한 번씩만 씁니다.'),
    where: (item, _, index, all) =>
      text(item, 'InstanceType') !== undefined &&
      all.findIndex((each) => text(each, 'InstanceType') === text(item, 'InstanceType')) < index
        ? ['InstanceType']
        : [],
  }),
  range({ types, path: `${overrides}.*.WeightedCapacity`, from: 1, to: 999, page: overridesPage }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list: overrides,
    page: overridesPage,
    what: words(
      'Every override has a weight, or none has.',
      'WeightedCapacity는 모든 Overrides에 쓰거나 아무 데도 쓰지 않습니다.',
    ),
    where: (item, _, __, all) =>
      !isStated(item, 'WeightedCapacity') && all.some((each) => isStated(each, 'WeightedCapacity')) ? [''] : [],
  }),
];
