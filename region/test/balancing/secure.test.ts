import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plain, ref, template } from '../connectivity-templates.ts';
import { InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { balancer, forward, ground, listener, server, targets } from './balancing-templates.ts';

const certificate = (name: string, DomainName: string, SubjectAlternativeNames: readonly string[] = []) =>
  plain(name, 'CertificateManager::Certificate', { DomainName, SubjectAlternativeNames });

const secured = template(
  ground,
  balancer({ 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'true' }),
  server('One'),
  server('Two', 'PrivateB'),
  targets('Group', ['One']),
  targets('Secured', ['Two'], { Protocol: 'HTTPS', Port: 8443, HealthCheckProtocol: 'HTTPS' }),
  certificate('Shop', 'shop.example', ['*.shop.example']),
  certificate('Game', 'game.example'),
  listener('Front', 443, forward('Group'), { Protocol: 'HTTPS', Certificates: [{ CertificateArn: ref('Shop') }] }),
  plain('More', 'ElasticLoadBalancingV2::ListenerCertificate', {
    ListenerArn: ref('Front'),
    Certificates: [{ CertificateArn: ref('Game') }],
  }),
  listener('Through', 8443, forward('Secured'), {
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: ref('Game') }],
  }),
);

let network: InhabitedNetwork;

beforeAll(async () => {
  network = await InhabitedNetwork.open(secured, { One: 8080 });
  await network.serve('Two', 8443, await network.issue(['anything.example']));
  await until(
    () => network.targets(),
    (all) => all.every(({ health }) => health === 'healthy'),
  );
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
});

const ask = (serverName: string, port = 443) =>
  network.request('internet', { url: `https://${network.publicAddress('Balancer')}:${port}/`, serverName });

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html */
describe('an HTTPS listener', () => {
  test.each([
    'shop.example',
    'www.shop.example',
    'game.example',
    'localhost',
  ])('is who it says it is to a client that asks for %s and trusts the local authority', async (name) => {
    expect(await ask(name)).toMatchObject({ status: 200, asked: { server: 'One' } });
  });

  test('is nobody else', async () => {
    expect((await ask('bank.example')).error).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect((await ask('shop.example', 8443)).error).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('tells the target how it was asked', async () => {
    expect((await ask('shop.example')).asked?.headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-amzn-tls-version': expect.stringMatching(/^TLSv1\.[23]$/),
      'x-amzn-tls-cipher-suite': expect.stringMatching(/\w/),
    });
  });

  test('asks targets by HTTPS without looking at their certificates', async () => {
    expect(await ask('game.example', 8443)).toMatchObject({ status: 200, asked: { server: 'Two' } });
  });

  test('speaks HTTP/2', async () => {
    const told = await network.run(
      'internet',
      process.execPath,
      '-e',
      `const client = require('node:http2').connect('https://${network.publicAddress('Balancer')}', { rejectUnauthorized: false });
       const request = client.request({ ':path': '/two' });
       let body = '';
       request.on('response', (headers) => { body += headers[':status'] + ' '; });
       request.on('data', (data) => { body += data; });
       request.on('end', () => { console.log(body); client.close(); });`,
    );
    expect(told).toMatch(/^200 /);
    expect(JSON.parse(told.slice(4))).toMatchObject({ server: 'One', url: '/two' });
  });
});
