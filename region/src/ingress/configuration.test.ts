import { expect, test } from 'vitest';
import { hostPatterns, ingressConfiguration } from './configuration.ts';
import type { Door } from './door.ts';

const door: Door = {
  name: 'web-80',
  addresses: ['203.0.113.5'],
  port: 80,
  protocol: 'http',
  hosts: ['Web-1.ap-northeast-2.elb.amazonaws.com', '*.shop.example', 'a?.example'],
  idleSeconds: 60,
};

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['localhost:8080', true],
  ['evil.example,localhost', false],
  ['localhost:8080.evil.example', false],
  ['app.localhost', true],
  ['[::1]', true],
  ['203.0.113.5', true],
  ['web-1.ap-northeast-2.elb.amazonaws.com', true],
  ['www.shop.example', true],
  ['ab.example', true],
  ['shop.example', false],
  ['abc.example', false],
  ['evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['evil.example.localhost.evil', false],
  ['127a0b0c1', false],
])('a door answers to %s: %s', (host, answers) => {
  expect(hostPatterns(door).some((each) => new RegExp(each).test(host))).toBe(answers);
});

test('what is encrypted has to begin as TLS, and of TCP nothing is read', () => {
  const of = (protocol: Door['protocol']) => ingressConfiguration([{ ...door, protocol }], '/folder');
  expect(of('tls')).toContain('tcp-request content accept if { req.ssl_hello_type 1 }');
  expect(of('tcp')).not.toContain('request content');
  expect(of('tcp')).not.toContain('known_host');
});
