import { loadTexts } from '@terrace/cloud/assembly/load';
import { balancingView } from '@terrace/cloud/views/balancing';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { describe, expect, test } from 'vitest';
import { nodeConfiguration } from './haproxy-node.ts';
import { type Backend, configurationText } from './node-configuration.ts';

const listener = 'LoadBalancerPort: "80", InstancePort: "8080", Protocol: HTTP';

async function configured(properties: string): Promise<{ text: string; backend: Backend }> {
  const template = `Resources:
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0 } }
  Front:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties: { Instances: [!Ref Server], ${properties.includes('AvailabilityZones') ? '' : "AvailabilityZones: !GetAZs '', "}${properties} }`;
  const loaded = await loadTexts({ 'a.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const fleet = initialFleet(loaded.value);
  const view = balancingView(loaded.value, networkView(loaded.value, fleet), fleet);
  const balancer = view.balancers[0]!;
  const files = { control: '/c', serverState: '/s', certificates: {} };
  const configuration = nodeConfiguration(view, balancer, balancer.nodes[0]!, files);
  return { text: configurationText(configuration), backend: configuration.backends[0]! };
}

describe('a Classic Load Balancer', () => {
  test.each([
    ['a listener of HTTP', '', 'mode http', true],
    ['no failing open', '', 'use_backend targets_[0-9a-f]+_open', false],
    ['no trace id', '', 'X-Amzn-Trace-Id', false],
    ['60 s of silence', '', 'timeout client 60s', true],
    ['a stated silence', 'ConnectionSettings: { IdleTimeout: 7 }', 'timeout client 7s', true],
    ['a check of the first instance port by default', '', 'check inter 30s rise 10 fall 2 port 8080', true],
    ['a check by TCP by default', '', 'option httpchk', false],
    [
      'a check by HTTP',
      'HealthCheck: { Target: "HTTP:81/up?a=1", HealthyThreshold: "3", UnhealthyThreshold: "4", Interval: "6", Timeout: "5" }',
      'http-check send meth GET uri /up\\?a=1 ver HTTP/1.1 [^]*expect status 200\\n[^]*check inter 6s rise 3 fall 4 port 81',
      true,
    ],
    [
      'a check by SSL',
      'HealthCheck: { Target: "SSL:443", HealthyThreshold: "2", UnhealthyThreshold: "2", Interval: "6", Timeout: "5" }',
      'port 443 check-ssl verify none',
      true,
    ],
    ['no cookie without a policy', '', 'AWSELB', false],
    [
      'the PROXY protocol to instances of its port',
      'Policies: [{ PolicyName: p, PolicyType: ProxyProtocolPolicyType, InstancePorts: ["8080"], Attributes: [{ Name: ProxyProtocol, Value: "true" }] }]',
      ':8080 send-proxy check',
      true,
    ],
    [
      'no PROXY protocol to instances of another port',
      'Policies: [{ PolicyName: p, PolicyType: ProxyProtocolPolicyType, InstancePorts: ["8081"], Attributes: [{ Name: ProxyProtocol, Value: "true" }] }]',
      'send-proxy',
      false,
    ],
  ])('has %s', async (_, more, pattern, isThere) => {
    const { text } = await configured(`Listeners: [{ ${listener} }]${more ? `, ${more}` : ''}`);
    expect(new RegExp(pattern).test(text)).toBe(isThere);
  });

  test.each([
    [
      'HTTPS to HTTP',
      'Protocol: HTTPS, SSLCertificateId: arn:aws:iam::0:server-certificate/a',
      ' ssl ',
      'mode tcp\\n  bind',
    ],
    ['TCP to TCP', 'Protocol: tcp', 'mode tcp', 'option forwardfor'],
    [
      'SSL to TCP',
      'Protocol: SSL, SSLCertificateId: arn:aws:iam::0:server-certificate/a',
      'mode tcp[^]*:80 ssl ',
      'option forwardfor',
    ],
    ['TCP to SSL', 'Protocol: TCP, InstanceProtocol: SSL', 'ssl verify none', 'option forwardfor'],
    ['HTTP to HTTPS', 'Protocol: HTTP, InstanceProtocol: HTTPS', 'ssl verify none', 'bind .* ssl'],
  ])('passes on %s', async (_, protocols, has, hasNot) => {
    const { text } = await configured(`Listeners: [{ LoadBalancerPort: "80", InstancePort: "8080", ${protocols} }]`);
    expect(text).toMatch(new RegExp(has));
    expect(text).not.toMatch(new RegExp(hasNot));
  });

  test.each([
    ['LBCookieStickinessPolicy: [{ PolicyName: p, CookieExpirationPeriod: "60" }]', 'AWSELB=%s; Max-Age=60; Path=/'],
    ['LBCookieStickinessPolicy: [{ PolicyName: p }]', 'AWSELB=%s; Path=/'],
    ['AppCookieStickinessPolicy: [{ PolicyName: p, CookieName: SESSION }]', 'res.cook(SESSION)'],
  ])('keeps a client by %s', async (policy, cookie) => {
    const { text } = await configured(`Listeners: [{ ${listener}, PolicyNames: [p] }], ${policy}`);
    expect(text).toContain(cookie);
  });

  test.each([
    ['', 0],
    [', ConnectionDrainingPolicy: { Enabled: true }', 300],
    [', ConnectionDrainingPolicy: { Enabled: true, Timeout: 20 }', 20],
    [', ConnectionDrainingPolicy: { Enabled: false, Timeout: 20 }', 0],
  ])('gives requests under way their time (%s)', async (policy, seconds) => {
    const { backend } = await configured(`Listeners: [{ ${listener} }]${policy}`);
    expect(backend.leaving).toEqual({ seconds, cut: true });
    expect(backend.waitsForThreshold).toBe(true);
  });

  test('asks instances of other zones only where it is told to', async () => {
    const zones = async (more: string) =>
      (await configured(`Listeners: [{ ${listener} }], AvailabilityZones: [ap-northeast-2b, ap-northeast-2a]${more}`))
        .backend.servers.length;
    // The server stands in the first zone of the region, the node that is looked at in the other one.
    expect(await zones(', CrossZone: true')).toBe(1);
    expect(await zones('')).toBe(0);
  });
});
