import type { ResourceKey } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from '../../property.ts';

/** One rule of a listener: the first whose conditions all hold is taken. */
export interface ListenerRule {
  readonly statedBy: ResourceKey;
  /** `null` for the default rule. */
  readonly priority: number | null;
  readonly conditions: readonly RuleCondition[];
  readonly action: RuleAction;
}

/** Any of a condition's values is enough. `*` stands for any characters, `?` for one. */
export type RuleCondition =
  | {
      readonly field: 'path-pattern' | 'host-header' | 'http-request-method' | 'source-ip';
      readonly values: readonly string[];
      /** Regular expressions, one of which or of `values` is enough. */
      readonly expressions?: readonly string[];
    }
  | {
      readonly field: 'http-header';
      readonly name: string;
      readonly values: readonly string[];
      readonly expressions?: readonly string[];
    }
  | {
      readonly field: 'query-string';
      readonly values: readonly { readonly key: string | null; readonly value: string }[];
    };

export type RuleAction =
  | {
      readonly kind: 'forward';
      readonly targetGroups: readonly { readonly id: string; readonly weight: number }[];
      /** Of the group stickiness; `null` where it is off. */
      readonly stickySeconds: number | null;
    }
  | {
      readonly kind: 'redirect';
      readonly status: 301 | 302;
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
    }
  | { readonly kind: 'fixed-response'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Signing in through Cognito or OpenID Connect: nothing here carries it out. */
  | { readonly kind: 'not-carried-out'; readonly type: string };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-listenerrule-rulecondition.html */
export function conditionsOf(list: readonly JsonObject[]): RuleCondition[] {
  return list.map((condition): RuleCondition => {
    const field = text(condition, 'Field') ?? '';
    switch (field) {
      case 'http-header': {
        const config = object(condition, 'HttpHeaderConfig');
        return {
          field,
          name: text(config, 'HttpHeaderName') ?? '',
          values: texts(config, 'Values'),
          ...expressionsOf(condition, config),
        };
      }
      case 'query-string':
        return {
          field,
          values: objects(object(condition, 'QueryStringConfig'), 'Values').map((each) => ({
            key: text(each, 'Key') ?? null,
            value: text(each, 'Value') ?? '',
          })),
        };
      default:
        return {
          field: field as 'path-pattern',
          values: [...texts(condition, 'Values'), ...texts(object(condition, configOf[field] ?? ''), 'Values')],
          ...expressionsOf(condition, object(condition, configOf[field] ?? '')),
        };
    }
  });
}

function expressionsOf(...places: readonly JsonObject[]): { readonly expressions?: readonly string[] } {
  const expressions = places.flatMap((each) => texts(each, 'RegexValues'));
  return expressions.length > 0 ? { expressions } : {};
}

const configOf: Readonly<Record<string, string>> = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'source-ip': 'SourceIpConfig',
};

/** What a rule ends in: the action with the highest order, signing in included. */
export function actionOf(list: readonly JsonObject[]): RuleAction {
  const ordered = [...list].sort((one, other) => (number(one, 'Order') ?? 50_000) - (number(other, 'Order') ?? 50_000));
  const unable = ordered.find((each) => (text(each, 'Type') ?? '').startsWith('authenticate'));
  if (unable) return { kind: 'not-carried-out', type: text(unable, 'Type')! };
  const action = ordered.at(-1) ?? {};
  switch (text(action, 'Type')) {
    case 'redirect':
      return redirect(object(action, 'RedirectConfig'));
    case 'fixed-response': {
      const config = object(action, 'FixedResponseConfig');
      return {
        kind: 'fixed-response',
        status: Number(text(config, 'StatusCode') ?? 200),
        contentType: text(config, 'ContentType') ?? 'text/plain',
        body: text(config, 'MessageBody') ?? '',
      };
    }
    case 'forward':
      return forward(action);
    default:
      return { kind: 'not-carried-out', type: text(action, 'Type') ?? 'none' };
  }
}

function forward(action: JsonObject): RuleAction {
  const config = object(action, 'ForwardConfig');
  const single = text(action, 'TargetGroupArn');
  const groups = objects(config, 'TargetGroups').map((each) => ({
    id: text(each, 'TargetGroupArn') ?? '',
    weight: number(each, 'Weight') ?? 1,
  }));
  const stickiness = object(config, 'TargetGroupStickinessConfig');
  return {
    kind: 'forward',
    targetGroups: groups.length > 0 ? groups : single === undefined ? [] : [{ id: single, weight: 1 }],
    stickySeconds: flag(stickiness, 'Enabled') ? (number(stickiness, 'DurationSeconds') ?? 3600) : null,
  };
}

/** What is not stated stays as the request has it. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html */
function redirect(config: JsonObject): RuleAction {
  return {
    kind: 'redirect',
    status: text(config, 'StatusCode') === 'HTTP_302' ? 302 : 301,
    protocol: text(config, 'Protocol') ?? '#{protocol}',
    host: text(config, 'Host') ?? '#{host}',
    port: text(config, 'Port') ?? '#{port}',
    path: text(config, 'Path') ?? '/#{path}',
    query: config.Query === '' ? '' : (text(config, 'Query') ?? '#{query}'),
  };
}
