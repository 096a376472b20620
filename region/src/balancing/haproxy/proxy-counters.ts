/** What HAProxy has counted of a frontend, a backend or a server since it began. */
export interface ProxyCounters {
  readonly proxy: string;
  readonly kind: 'frontend' | 'server';
  readonly server: string;
  /** By class: `2xx` is the third. */
  readonly responses: readonly number[];
  readonly bytes: number;
  /** Connections that were made: by clients to a frontend, by a server's node to it. */
  readonly connections: number;
  /** Requests, or connections of TCP, that were handed to a server. */
  readonly handed: number;
  readonly failedConnections: number;
  /** Under way. */
  readonly sessions: number;
}

/** Asks for frontends and servers. */
export const countersCommand = 'show stat -1 5 -1';

/** Reads HAProxy's answer to `countersCommand`. */
export function readCounters(said: string): ProxyCounters[] {
  const [header = '', ...lines] = said.split('\n');
  const columns = header.replace(/^# /, '').split(',');
  return lines.flatMap((line): ProxyCounters[] => {
    if (line === '') return [];
    const fields = line.split(',');
    const at = (column: string) => fields[columns.indexOf(column)] ?? '';
    const count = (column: string) => Number(at(column)) || 0;
    const isFrontend = at('svname') === 'FRONTEND';
    return [
      {
        proxy: at('pxname'),
        kind: isFrontend ? 'frontend' : 'server',
        server: at('svname'),
        responses: [0, 1, 2, 3, 4, 5].map((each) => (each === 0 ? 0 : count(`hrsp_${each}xx`))),
        bytes: count('bin') + count('bout'),
        connections: isFrontend ? count('conn_tot') : count('connect'),
        handed: isFrontend ? 0 : count('stot'),
        failedConnections: count('econ'),
        sessions: count('scur'),
      },
    ];
  });
}

/** What was counted since before. A process that has been replaced counts from nothing. */
export function since(before: ProxyCounters | undefined, now: ProxyCounters): ProxyCounters {
  const isAnother =
    !before || now.bytes < before.bytes || now.handed < before.handed || now.connections < before.connections;
  if (isAnother) return now;
  return {
    ...now,
    responses: now.responses.map((each, index) => Math.max(0, each - (before.responses[index] ?? 0))),
    bytes: now.bytes - before.bytes,
    connections: now.connections - before.connections,
    handed: now.handed - before.handed,
    failedConnections: Math.max(0, now.failedConnections - before.failedConnections),
  };
}
