import { join } from 'node:path';
import { pattern } from '../balancing/haproxy/haproxy-conditions.ts';
import type { Door, OpenDoor } from './door.ts';

/** Connections of one door at once; each holds two descriptors of the supervisor. */
export const maximumConnections = 512;

/** Seconds for a request's headers, for the beginning of its body, and for a client's side of a TLS handshake to begin. */
const headerSeconds = 10;

/**
 * HAProxy's configuration: a Unix socket for each door, and behind it the addresses a name would give to a client.
 *
 * A page on the internet can let its own name resolve to 127.0.0.1 (DNS rebinding); its browser then reads what this region answers.
 * The `Host` of such a request is the page's name, so that only names of the template and of this machine get through.
 */
export function ingressConfiguration(doors: readonly OpenDoor[], folder: string): string {
  const listeners = doors.map((door) =>
    [
      `listen ${nameOf(door)}`,
      `  bind ${socketFile(door, folder)} mode 600`,
      ...rulesOf(door, folder),
      ...(door.protocol === 'http' ? redirectsOf(door, doors) : []),
      ...door.addresses.map((address, index) => `  server address-${index} ${address}:${door.port}`),
    ].join('\n'),
  );
  return `global
  nbthread 1
  stats socket ${controlSocket(folder)} mode 600 level operator
defaults
  mode tcp
  maxconn ${maximumConnections}
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  timeout http-request ${headerSeconds}s
  retries 3
  option redispatch
${listeners.join('\n')}
`;
}

/**
 * A redirect to another published listener of the balancer leads to the host's port of that one: 443 of the balancer is no port of this machine.
 * Names other than this machine's own stay as they are.
 */
function redirectsOf({ addresses }: Door, doors: readonly OpenDoor[]): string[] {
  const own = doors.filter((each) => each.addresses.some((address) => addresses.includes(address)));
  return own
    .filter(({ protocol }) => protocol !== 'tcp')
    .map(({ protocol, port, hostPort }) => {
      const [scheme, usual] = protocol === 'tls' ? ['https', 443] : ['http', 80];
      const stated = port === usual ? `(?::${port})?` : `:${port}`;
      return `  http-response replace-header Location ^${scheme}://${thisMachine}${stated}(/.*)?$ ${scheme}://\\1:${hostPort}\\2`;
    });
}

const thisMachine = '(localhost|[^/:]+[.]localhost|127[.]0[.]0[.]1|[[]::1])';

function rulesOf(door: Door, folder: string): string[] {
  switch (door.protocol) {
    case 'http':
      return [
        '  mode http',
        `  timeout http-keep-alive ${door.idleSeconds}s`,
        // Not `hdr`, which takes a comma for the beginning of another value.
        `  acl known_host req.fhdr(host) -i -m reg -f ${hostsFile(door, folder)}`,
        '  acl without_host req.fhdr_cnt(host) eq 0',
        `  http-request return status 421 content-type "text/plain; charset=utf-8" string "${unknownHost}" unless known_host or without_host`,
        `  http-request wait-for-body time ${headerSeconds}s at-least 1 if METH_POST or METH_PUT or { req.hdr(content-length) -m int gt 0 }`,
      ];
    case 'tls':
      return [
        `  tcp-request inspect-delay ${headerSeconds}s`,
        '  tcp-request content accept if { req.ssl_hello_type 1 }',
        '  tcp-request content reject',
      ];
    case 'tcp':
      return [];
  }
}

/** A page in both languages: a proxy cannot know the reader's. */
const unknownHost = [
  'No load balancer of this region has this name.',
  'Use 127.0.0.1 or localhost, or give the template the name: a Route 53 record or a host-header condition.',
  '이 로컬 리전에는 이 이름을 쓰는 로드 밸런서가 없습니다.',
  '127.0.0.1이나 localhost를 쓰거나, 템플릿에 Route 53 레코드 또는 host-header 조건으로 이 이름을 추가하세요.',
  '',
].join('\\n');

/** Regular expressions of the names that a door answers to, in lower case; a port may follow. */
export function hostPatterns({ hosts, addresses }: Pick<Door, 'hosts' | 'addresses'>): string[] {
  const own = ['localhost', '*.localhost', '127.0.0.1', '[::1]'];
  return [
    ...new Set([...own, ...addresses, ...hosts].map((name) => `^${pattern(name.toLowerCase())}(:[0-9]+)?$`)),
  ].sort();
}

export function hostsFile(door: Pick<Door, 'name'>, folder: string): string {
  return join(folder, `${nameOf(door)}.hosts`);
}

/** By which it is asked whether it answers. */
export function controlSocket(folder: string): string {
  return join(folder, 'ingress.control');
}

export function socketFile(door: Pick<Door, 'name'>, folder: string): string {
  return join(folder, `${nameOf(door)}.sock`);
}

function nameOf({ name }: Pick<Door, 'name'>): string {
  return name.replace(/[^A-Za-z0-9-]/g, '-');
}
