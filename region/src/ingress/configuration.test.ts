import { expect, test } from 'vitest';
import { hostPatterns, ingressConfiguration } from './configuration.ts';
import type { Door, OpenDoor } from './door.ts';

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
  const of = (protocol: Door['protocol']) => ingressConfiguration([{ ...door, protocol, hostPort: 4080 }], '/folder');
  expect(of('tls')).toContain('tcp-request content accept if { req.ssl_hello_type 1 }');
  expect(of('tcp')).not.toContain('request content');
  expect(of('tcp')).not.toContain('known_host');
});

const doors: readonly OpenDoor[] = [
  { ...door, hostPort: 4080 },
  { ...door, name: 'web-443', port: 443, protocol: 'tls', hostPort: 4443 },
  { ...door, name: 'web-8080', port: 8080, hostPort: 4088 },
  { ...door, name: 'other-443', addresses: ['203.0.113.9'], port: 443, protocol: 'tls', hostPort: 4999 },
];

test.each([
  ['https://127.0.0.1:443/', 'https://127.0.0.1:4443/'],
  ['https://127.0.0.1/', 'https://127.0.0.1:4443/'],
  ['https://localhost:443/a?b=c', 'https://localhost:4443/a?b=c'],
  ['https://shop.localhost:443/', 'https://shop.localhost:4443/'],
  ['https://[::1]:443/', 'https://[::1]:4443/'],
  ['https://127.0.0.1:443', 'https://127.0.0.1:4443'],
  ['http://127.0.0.1:8080/x', 'http://127.0.0.1:4088/x'],
  ['http://127.0.0.1:80/x', 'http://127.0.0.1:4080/x'],
  ['https://127.0.0.1:8443/', 'https://127.0.0.1:8443/'],
  ['https://shop.example/', 'https://shop.example/'],
  ['https://127.0.0.1.evil.example/', 'https://127.0.0.1.evil.example/'],
  ['/login', '/login'],
])('a redirect to %s leads to %s', (location, leads) => {
  const [, first = ''] = ingressConfiguration(doors, '/folder').split('listen ');
  const rules = [...first.matchAll(/replace-header Location (\S+) (\S+)/g)].map(([, pattern, value]) => {
    return [new RegExp(pattern!), value!.replaceAll(/\\(\d)/g, '$$$1')] as const;
  });
  expect(rules).toHaveLength(3);
  expect(rules.reduce((to, [pattern, value]) => to.replace(pattern, value), location)).toBe(leads);
});
