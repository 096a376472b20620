import type { JsonObject } from '../../json.ts';
import { number, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::S3::Bucket'];
const list = 'LifecycleConfiguration.Rules';
const page = 'AmazonS3/latest/userguide/intro-lifecycle-rules.html';
const transitionPage = 'AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';

/** Properties of a rule that do something. */
const actions = [
  ...['ExpirationInDays', 'ExpirationDate', 'ExpiredObjectDeleteMarker', 'Transition', 'Transitions'],
  ...['AbortIncompleteMultipartUpload', 'NoncurrentVersionExpiration', 'NoncurrentVersionExpirationInDays'],
  ...['NoncurrentVersionTransition', 'NoncurrentVersionTransitions'],
];
const infrequent = ['STANDARD_IA', 'ONEZONE_IA'];

const transitionsOf = (rule: JsonObject) => objects(rule, 'Transitions');
const lastDay = (rule: JsonObject) =>
  Math.max(...transitionsOf(rule).map((each) => number(each, 'TransitionInDays') ?? -1));

/** What AWS refuses of the life cycle of objects. */
export const lifecycleRules: readonly Rule[] = [
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list,
    page,
    what: words('A rule has an action.', '규칙에는 작업이 하나 이상 있어야 합니다.'),
    where: (rule) => (actions.some((each) => isStated(rule, each)) ? [] : ['']),
    aws: 'At least one action needs to be specified in a rule',
  }),
  refusedItem({
    code: 'EXCLUSIVE_PROPERTIES',
    types,
    list,
    page: 'AmazonS3/latest/API/API_LifecycleExpiration.html',
    what: words('Objects expire after days or on a date.', '객체는 며칠 뒤나 특정 날짜 중 하나로 만료합니다.'),
    where: (rule) => (isStated(rule, 'ExpirationInDays') && isStated(rule, 'ExpirationDate') ? ['ExpirationDate'] : []),
  }),
  refusedItem({
    code: 'WRONG_FORM',
    types,
    list,
    page: 'AmazonS3/latest/API/API_LifecycleExpiration.html',
    what: words('A date of a life cycle is midnight in UTC.', '수명 주기의 날짜는 UTC 자정이어야 합니다.'),
    where: (rule) => {
      const date = text(rule, 'ExpirationDate');
      return date?.includes('T') && !/T00:00(:00(\.0+)?)?(Z|\+00:?00)?$/.test(date) ? ['ExpirationDate'] : [];
    },
    aws: "'Date' must be at midnight GMT",
  }),
  refusedItem({
    code: 'LIFECYCLE_ORDER',
    types,
    list,
    page: transitionPage,
    what: words('Objects expire after their last transition.', '객체의 만료는 마지막 전환보다 뒤여야 합니다.'),
    where: (rule) => {
      const days = number(rule, 'ExpirationInDays');
      return days !== undefined && days <= lastDay(rule) && days > 0 ? ['ExpirationInDays'] : [];
    },
    aws: "'Days' in the Expiration action for filter must be greater than 'Days' in the Transition action",
  }),
  refusedItem({
    code: 'LIFECYCLE_ORDER',
    types,
    list,
    page: transitionPage,
    what: words(
      'Objects change to infrequent access after 30 days, and to colder classes 30 days after that.',
      '객체는 30일 뒤부터 IA로, 그로부터 30일 뒤부터 더 차가운 클래스로 전환합니다.',
    ),
    where: (rule) => {
      const all = transitionsOf(rule);
      return all.flatMap((each, index) => {
        const [days, kind] = [number(each, 'TransitionInDays'), text(each, 'StorageClass') ?? ''];
        if (days === undefined) return [];
        const warmer = all
          .filter((other) => infrequent.includes(text(other, 'StorageClass') ?? '') && !infrequent.includes(kind))
          .map((other) => number(other, 'TransitionInDays') ?? 0);
        const early = (infrequent.includes(kind) && days < 30) || warmer.some((other) => days < other + 30);
        return early ? [`Transitions.${index}.TransitionInDays`] : [];
      });
    },
    aws: "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
  }),
  refusedItem({
    code: 'MISSING_COMPANION',
    types,
    list,
    page: 'AmazonS3/latest/API/API_Transition.html',
    what: words('A transition has days or a date.', '전환에는 일수나 날짜가 필요합니다.'),
    where: (rule) =>
      transitionsOf(rule).flatMap((each, index) =>
        isStated(each, 'TransitionInDays') !== isStated(each, 'TransitionDate') ? [] : [`Transitions.${index}`],
      ),
  }),
  refusedItem({
    code: 'LISTED_TWICE',
    types,
    list,
    page,
    what: words('Rules have an Id of their own each.', '규칙의 Id는 서로 달라야 합니다.'),
    where: (rule, _, index, all) => {
      const id = text(rule, 'Id');
      return id !== undefined && isKnown(id) && all.findIndex((each) => each.Id === id) < index ? ['Id'] : [];
    },
    aws: 'Rule ID must be unique. Found same ID for more than one rule',
  }),
];
