import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { number, object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { form, length, oneOf, range } from '../contract/rows.ts';
import { type Estate, type Fault, isKnown, isStated, itemsAt, type Path, type Rule } from '../contract/rule.ts';
import { balancerOf, kindOf } from './kind.ts';
import { listenerOf } from './listener-rules.ts';

const types = ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule'];
const page = 'elasticloadbalancing/latest/APIReference/API_Action.html';
const redirectPage = 'elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html';
const fixedPage = 'elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html';
const forwardPage = 'elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html';

function actionsOf({ properties }: Resource): [Path, JsonObject][] {
  return [...itemsAt(properties, 'DefaultActions'), ...itemsAt(properties, 'Actions')];
}

const configOf: Readonly<Record<string, readonly string[]>> = {
  redirect: ['RedirectConfig'],
  'fixed-response': ['FixedResponseConfig'],
  forward: ['TargetGroupArn', 'ForwardConfig'],
  'authenticate-cognito': ['AuthenticateCognitoConfig'],
  'authenticate-oidc': ['AuthenticateOidcConfig'],
};

/** The same row for the actions of listeners and of rules. */
const inBoth = (path: string, row: (path: string) => Rule): Rule[] => [
  row(`DefaultActions.*.${path}`),
  row(`Actions.*.${path}`),
];

export const actionRules: readonly Rule[] = [
  {
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words('An action states what its type asks for.', '작업에는 그 유형에 필요한 설정이 있어야 합니다.'),
    check: (resource) =>
      actionsOf(resource).flatMap(([at, action]) => {
        const wanted = configOf[text(action, 'Type') ?? ''];
        if (!wanted || wanted.some((each) => isStated(action, each))) return [];
        return [
          {
            at: [...at, 'Type'],
            cause: words(
              `The action ${text(action, 'Type')} needs ${wanted.join(' or ')}.`,
              `${text(action, 'Type')} 작업에는 ${wanted.join(', ')}{이/가} 필요합니다.`,
            ),
            next: words(`Add ${wanted.join(' or ')}.`, `${wanted.join(', ')}{을/를} 추가하세요.`),
          },
        ];
      }),
  },
  {
    code: 'ACTION_ORDER',
    types,
    page,
    what: words(
      'Actions end in exactly one forward, redirect or fixed-response.',
      '작업은 forward, redirect, fixed-response 중 정확히 하나로 끝나야 합니다.',
    ),
    check: (resource) => {
      const list = actionsOf(resource);
      const ends = list.filter(([, each]) =>
        ['forward', 'redirect', 'fixed-response'].includes(text(each, 'Type') ?? ''),
      );
      if (ends.length === 1 || list.some(([, each]) => !isKnown(each.Type ?? null))) return [];
      const place = resource.type === types[0] ? 'DefaultActions' : 'Actions';
      return [
        {
          at: ends[1]?.[0] ?? [place],
          cause: words(
            `There are ${ends.length} actions of the types forward, redirect and fixed-response; AWS takes exactly one.`,
            `forward, redirect, fixed-response 작업이 ${ends.length}개입니다. AWS는 정확히 하나만 받습니다.`,
          ),
          next: words('Keep one of them.', '하나만 남기세요.'),
        },
      ];
    },
  },
  {
    code: 'ACTION_NOT_SUPPORTED',
    types,
    page,
    what: words(
      'A Network or Gateway Load Balancer only forwards; signing in is for HTTPS listeners.',
      'Network·Gateway Load Balancer는 forward만 받고, 로그인 작업은 HTTPS 리스너에만 씁니다.',
    ),
    check: (resource, estate) => {
      const listener = listenerOf(resource, estate);
      const balancer = balancerOf(listener, estate);
      const kind = balancer ? kindOf(balancer) : 'application';
      const protocol = text(listener?.properties ?? {}, 'Protocol');
      return actionsOf(resource).flatMap(([at, action]) => {
        const type = text(action, 'Type') ?? 'forward';
        const signsIn = type.startsWith('authenticate') && protocol !== undefined && protocol !== 'HTTPS';
        if (!signsIn && (kind === 'application' || type === 'forward')) return [];
        return [
          {
            at: [...at, 'Type'],
            cause: signsIn
              ? words(`${type} needs a listener for HTTPS.`, `${type} 작업은 HTTPS 리스너에만 쓸 수 있습니다.`)
              : words(
                  `A load balancer of type ${kind} only forwards.`,
                  `${kind} 유형의 로드 밸런서는 forward만 합니다.`,
                ),
            next: words('Use another action or listener.', '다른 작업이나 리스너를 쓰세요.'),
          },
        ];
      });
    },
  },
  {
    code: 'REDIRECT_LOOP',
    types,
    page: redirectPage,
    what: words(
      'A redirect changes protocol, host, port or path.',
      '리디렉션은 프로토콜, 호스트, 포트, 경로 중 하나를 바꿔야 합니다.',
    ),
    check: loops,
  },
  {
    code: 'REDIRECT_TO_HTTP',
    types,
    page: redirectPage,
    what: words('HTTPS is not redirected to HTTP.', 'HTTPS를 HTTP로 리디렉션할 수 없습니다.'),
    check: (resource, estate) => {
      if (text(listenerOf(resource, estate)?.properties ?? {}, 'Protocol') !== 'HTTPS') return [];
      return redirectsOf(resource).flatMap(([at, config]) =>
        text(config, 'Protocol') === 'HTTP'
          ? [
              {
                at: [...at, 'Protocol'],
                cause: words('AWS does not redirect HTTPS to HTTP.', 'AWS는 HTTPS를 HTTP로 리디렉션하지 않습니다.'),
                next: words('Write HTTPS or #{protocol}.', 'HTTPS나 #{protocol}을 쓰세요.'),
              },
            ]
          : [],
      );
    },
  },
  ...inBoth('RedirectConfig.StatusCode', (path) =>
    oneOf({ types, path, values: ['HTTP_301', 'HTTP_302'], page: redirectPage }),
  ),
  ...inBoth('RedirectConfig.Protocol', (path) =>
    oneOf({ types, path, values: ['HTTP', 'HTTPS', '#{protocol}'], page: redirectPage }),
  ),
  ...inBoth('RedirectConfig.Path', (path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: /^\/.{0,127}$/s,
      said: words('a path begins with / and has up to 128 characters', '경로는 /로 시작하며 128자까지입니다.'),
      page: redirectPage,
    }),
  ),
  ...inBoth('RedirectConfig.Port', (path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: /^(#\{port\}|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
      said: words('a port is 1 to 65535 or #{port}', '포트는 1~65535 또는 #{port}입니다.'),
      page: redirectPage,
    }),
  ),
  ...inBoth('RedirectConfig.Query', (path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: /^(?!\?).{0,128}$/s,
      said: words('a query has up to 128 characters and no leading ?', '쿼리는 128자까지이며 ?로 시작하지 않습니다.'),
      page: redirectPage,
    }),
  ),
  ...inBoth('FixedResponseConfig.StatusCode', (path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: /^[245]\d\d$/,
      said: words('a fixed response has a status of 2XX, 4XX or 5XX', '고정 응답의 상태 코드는 2XX, 4XX, 5XX입니다.'),
      page: fixedPage,
    }),
  ),
  ...inBoth('FixedResponseConfig.MessageBody', (path) =>
    length({ types, path, least: 0, most: 1024, code: 'TOO_LONG', page: fixedPage }),
  ),
  ...inBoth('FixedResponseConfig.ContentType', (path) =>
    oneOf({
      types,
      path,
      values: ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'],
      page: fixedPage,
    }),
  ),
  ...inBoth('ForwardConfig.TargetGroups.*.Weight', (path) =>
    range({ types, path, from: 0, to: 999, page: forwardPage }),
  ),
  ...inBoth('ForwardConfig.TargetGroupStickinessConfig.DurationSeconds', (path) =>
    range({ types, path, from: 1, to: 604_800, page: forwardPage }),
  ),
  ...['DefaultActions', 'Actions'].map((list) =>
    refusedItem({
      code: 'ACTION_ORDER',
      types,
      list,
      page,
      what: words('Of several actions each has an order of its own.', '작업이 여럿이면 Order가 서로 달라야 합니다.'),
      where: (item, _, index, all) => {
        const order = number(item, 'Order');
        const before = all.slice(0, index).some((each) => number(each, 'Order') === order);
        return order !== undefined && before ? ['Order'] : [];
      },
    }),
  ),
  ...['AuthenticateOidcConfig', 'AuthenticateCognitoConfig'].flatMap((config) =>
    inBoth(`${config}.OnUnauthenticatedRequest`, (path) =>
      oneOf({
        types,
        path,
        values: ['deny', 'allow', 'authenticate'],
        page: 'elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html',
      }),
    ),
  ),
  ...inBoth('Order', (path) => range({ types, path, from: 1, to: 50_000, page })),
  {
    code: 'TOO_MANY',
    types,
    page: 'elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html',
    what: words(
      'An action forwards to at most 5 target groups, each named once.',
      '작업 하나가 전달하는 대상 그룹은 5개까지이며 한 번씩만 씁니다.',
    ),
    check: (resource) =>
      actionsOf(resource).flatMap(([at, action]): Fault[] => {
        const groups = objects(object(action, 'ForwardConfig'), 'TargetGroups').map((each) =>
          text(each, 'TargetGroupArn'),
        );
        const twice = groups.findIndex((each, index) => each !== undefined && groups.indexOf(each) < index);
        const lone = text(action, 'TargetGroupArn');
        const place = [...at, 'ForwardConfig', 'TargetGroups'];
        if (groups.length > 5)
          return [
            {
              at: place,
              cause: words(
                `There are ${groups.length} target groups; AWS takes 5.`,
                `대상 그룹이 ${groups.length}개입니다. AWS는 5개까지 받습니다.`,
              ),
              next: words('Leave some out.', '줄이세요.'),
            },
          ];
        if (twice >= 0)
          return [
            {
              at: [...place, twice],
              cause: words('This target group is named twice.', '이 대상 그룹을 두 번 지정했습니다.'),
              next: words('Name it once, with its weight.', '가중치와 함께 한 번만 쓰세요.'),
            },
          ];
        if (
          lone !== undefined &&
          groups.length > 0 &&
          !(groups.length === 1 && groups[0] === lone) &&
          groups.every((each) => each !== undefined)
        )
          return [
            {
              at: [...at, 'TargetGroupArn'],
              cause: words(
                'TargetGroupArn beside ForwardConfig has to be its only target group.',
                'ForwardConfig와 함께 쓴 TargetGroupArn은 그 안의 유일한 대상 그룹이어야 합니다.',
              ),
              next: words('Leave TargetGroupArn out.', 'TargetGroupArn을 빼세요.'),
            },
          ];
        return [];
      }),
  },
];

function redirectsOf(resource: Resource): [Path, JsonObject][] {
  return actionsOf(resource).flatMap(([at, action]) => {
    const config = object(action, 'RedirectConfig');
    return text(action, 'Type') === 'redirect' && isStated(action, 'RedirectConfig') && isKnown(config)
      ? [[[...at, 'RedirectConfig'], config] as [Path, JsonObject]]
      : [];
  });
}

function loops(resource: Resource, estate: Estate): Fault[] {
  const listener = listenerOf(resource, estate)?.properties ?? {};
  return redirectsOf(resource).flatMap(([at, config]) => {
    const protocol = text(config, 'Protocol');
    const port = text(config, 'Port');
    const same =
      (protocol === undefined || protocol === '#{protocol}' || protocol === text(listener, 'Protocol')) &&
      (port === undefined || port === '#{port}' || number(config, 'Port') === number(listener, 'Port')) &&
      (text(config, 'Host') ?? '#{host}') === '#{host}' &&
      (text(config, 'Path') ?? '/#{path}') === '/#{path}';
    if (!same) return [];
    return [
      {
        at,
        cause: words(
          'This redirects every request to itself: protocol, host, port and path stay as they are.',
          '요청을 자기 자신으로 리디렉션합니다. 프로토콜, 호스트, 포트, 경로가 모두 그대로입니다.',
        ),
        next: words(
          'Change one of them, for example Protocol: HTTPS and Port: 443.',
          '하나를 바꾸세요. 예: Protocol HTTPS, Port 443',
        ),
      },
    ];
  });
}
