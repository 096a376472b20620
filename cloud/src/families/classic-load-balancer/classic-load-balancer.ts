import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from '../../property.ts';

/** A listener of a Classic Load Balancer, and where it passes requests or connections on. */
export interface ClassicListener {
  readonly port: number;
  readonly protocol: ClassicProtocol;
  readonly instancePort: number;
  readonly instanceProtocol: ClassicProtocol;
  /** ARN of a certificate of ACM or IAM. */
  readonly certificate: string | undefined;
  readonly stickiness: ClassicStickiness | null;
  /** Whether instances are told the client's address by the PROXY protocol, version 1. */
  readonly sendsProxyProtocol: boolean;
}

export type ClassicProtocol = 'HTTP' | 'HTTPS' | 'TCP' | 'SSL';

/** `seconds: null` is a cookie for the browser's session; `follows` is the application's cookie that decides. */
export type ClassicStickiness = { readonly seconds: number | null } | { readonly follows: string };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancing-loadbalancer-listeners.html */
export function classicListeners(properties: JsonObject): ClassicListener[] {
  return objects(properties, 'Listeners').map((listener): ClassicListener => {
    const protocol = protocolOf(text(listener, 'Protocol') ?? 'HTTP');
    const behind = text(listener, 'InstanceProtocol');
    const instancePort = number(listener, 'InstancePort') ?? 80;
    return {
      port: number(listener, 'LoadBalancerPort') ?? 80,
      protocol,
      instancePort,
      instanceProtocol: behind === undefined ? (isHttp(protocol) ? 'HTTP' : 'TCP') : protocolOf(behind),
      certificate: text(listener, 'SSLCertificateId'),
      stickiness: stickinessOf(properties, texts(listener, 'PolicyNames')),
      sendsProxyProtocol: sendsProxyProtocol(properties, instancePort),
    };
  });
}

export function isHttp(protocol: ClassicProtocol): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

function protocolOf(written: string): ClassicProtocol {
  return written.toUpperCase() as ClassicProtocol;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions.html */
function stickinessOf(properties: JsonObject, names: readonly string[]): ClassicStickiness | null {
  const isNamed = (policy: JsonObject) => names.includes(text(policy, 'PolicyName') ?? '');
  const own = objects(properties, 'LBCookieStickinessPolicy').find(isNamed);
  if (own) return { seconds: number(own, 'CookieExpirationPeriod') ?? null };
  const application = objects(properties, 'AppCookieStickinessPolicy').find(isNamed);
  return application ? { follows: text(application, 'CookieName') ?? '' } : null;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-proxy-protocol.html */
function sendsProxyProtocol(properties: JsonObject, instancePort: number): boolean {
  return objects(properties, 'Policies').some(
    (policy) =>
      text(policy, 'PolicyType') === 'ProxyProtocolPolicyType' &&
      texts(policy, 'InstancePorts').map(Number).includes(instancePort) &&
      objects(policy, 'Attributes').some((each) => text(each, 'Name') === 'ProxyProtocol' && flag(each, 'Value')),
  );
}

export interface ClassicHealthCheck {
  readonly protocol: ClassicProtocol;
  readonly port: number;
  readonly path: string;
  /** Seconds, as all times here. */
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/**
 * The check of all instances; without one a connection to the first listener's instance port.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
 */
export function classicHealthCheck(properties: JsonObject): ClassicHealthCheck {
  const stated = object(properties, 'HealthCheck');
  const [, protocol = 'TCP', port, path = '/'] = /^(\w+):(\d+)(\/.*)?$/s.exec(text(stated, 'Target') ?? '') ?? [];
  return {
    protocol: protocolOf(protocol),
    port: port === undefined ? (classicListeners(properties)[0]?.instancePort ?? 80) : Number(port),
    path,
    interval: number(stated, 'Interval') ?? 30,
    timeout: number(stated, 'Timeout') ?? 5,
    healthyThreshold: number(stated, 'HealthyThreshold') ?? 10,
    unhealthyThreshold: number(stated, 'UnhealthyThreshold') ?? 2,
  };
}

/**
 * Seconds that requests under way have when an instance is taken out; 0 where draining is off.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html
 */
export function drainingSeconds(properties: JsonObject): number {
  const policy = object(properties, 'ConnectionDrainingPolicy');
  return flag(policy, 'Enabled') ? (number(policy, 'Timeout') ?? 300) : 0;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html */
export function idleTimeout(properties: JsonObject): number {
  return number(object(properties, 'ConnectionSettings'), 'IdleTimeout') ?? 60;
}

/** Off unless it is stated: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-crosszone-lb.html */
export function balancesAcrossZones(properties: JsonObject): boolean {
  return flag(properties, 'CrossZone') ?? false;
}
