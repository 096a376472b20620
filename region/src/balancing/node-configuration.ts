/**
 * HAProxy's configuration of a node, with its servers apart from the rest: servers come and go while a process runs, the rest is what makes
 * a new process.
 */
export interface NodeConfiguration {
  /** Everything before the backends. */
  readonly head: string;
  readonly backends: readonly Backend[];
}

export interface Backend {
  readonly name: string;
  readonly lines: readonly string[];
  readonly servers: readonly ServerDefinition[];
  /** What becomes of connections to a server that is taken out. */
  readonly leaving: Leaving;
  /** Whether a new server takes requests only after as many passed checks as one that has failed. */
  readonly waitsForThreshold: boolean;
}

export interface ServerDefinition {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** What follows the address: `check inter 5s …`. */
  readonly options: string;
  /** Seconds between two checks; `null` where there are none. */
  readonly checkInterval: number | null;
}

export interface Leaving {
  /** Seconds that they have to end by themselves. */
  readonly seconds: number;
  /** Whether they are cut then. */
  readonly cut: boolean;
}

export function configurationText({ head, backends }: NodeConfiguration): string {
  const sections = backends.map((backend) =>
    [
      `backend ${backend.name}`,
      ...backend.lines.map((line) => `  ${line}`),
      ...backend.servers.map((server) => `  server ${server.name} ${serverWords(server)}`),
    ].join('\n'),
  );
  return [head, ...sections, ''].join('\n');
}

/** As they stand in a file after `server NAME`, and in a command after `add server BACKEND/NAME`. */
export function serverWords({ address, port, options }: ServerDefinition): string {
  return `${address}:${port}${options === '' ? '' : ` ${options}`}`;
}

/**
 * Whether one configuration becomes the other by adding and taking out servers alone. One that stays but is to be asked
 * otherwise needs a new process.
 */
export function differsInServersOnly(before: NodeConfiguration, after: NodeConfiguration): boolean {
  const frame = ({ head, backends }: NodeConfiguration) =>
    configurationText({ head, backends: backends.map((each) => ({ ...each, servers: [] })) });
  const former = serversOf(before);
  return (
    frame(before) === frame(after) &&
    [...serversOf(after)].every(([key, server]) => {
      const known = former.get(key);
      return !known || serverWords(known) === serverWords(server);
    })
  );
}

/**
 * What a new process is to know of the servers of the one before it, of what that said to `show servers state`. Who was taken out is new if it is
 * back, and would stay out otherwise.
 */
export function stateToTakeOver(said: string): string {
  const administrativeState = 6;
  const forcedOut = 1;
  return said
    .split('\n')
    .filter((line) => (Number(line.split(' ')[administrativeState]) & forcedOut) === 0)
    .join('\n');
}

/** By `BACKEND/SERVER`, as HAProxy's commands name them. */
export function serversOf({ backends }: NodeConfiguration): Map<string, ServerDefinition> {
  return new Map(backends.flatMap(({ name, servers }) => servers.map((server) => [`${name}/${server.name}`, server])));
}
