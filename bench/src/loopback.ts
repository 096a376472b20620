import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseAddress } from '@terrace/cloud/address';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import { type BalancingView, balancingView, type LoadBalancer } from '@terrace/cloud/views/balancing';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { nodeConfiguration } from '@terrace/region/balancing/haproxy-node';
import { configurationText } from '@terrace/region/balancing/node-configuration';
import { launch } from '@terrace/region/namespaces/launch';
import type { RegionUnderTest } from './region-under-test.ts';

/** What the process that holds the chain is told to start: files to write, then commands. */
export interface Chain {
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly {
    readonly words: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
  }[];
}

export interface Loopback extends AsyncDisposable {
  /** A process within the chain's namespaces. */
  readonly processId: number;
  readonly address: string;
}

const folder = '/run/terrace';
const nodes: Readonly<Record<string, readonly string[]>> = {
  external: ['127.0.0.11', '127.0.0.12'],
  internal: ['127.0.0.31', '127.0.0.32'],
};
const servers = {
  web: [
    { address: '127.0.0.21', port: 80 },
    { address: '127.0.0.22', port: 80 },
  ],
  was: [
    { address: '127.0.0.41', port: 8081 },
    { address: '127.0.0.42', port: 8082 },
  ],
} as const;

/**
 * The region's chain once more, on the loopback of one namespace: the same HAProxy, nginx and Node, with the configurations that the region runs
 * and other addresses in them.
 */
export async function launchLoopback(region: RegionUnderTest, assembly: string): Promise<Loopback> {
  const state = mkdtempSync(join(tmpdir(), 'terrace-loopback-'));
  const child = launch({
    stateDirectory: state,
    script: fileURLToPath(new URL('./loopback-process.js', import.meta.url)),
    words: [],
    detached: false,
    channel: true,
  });
  child.stdin!.write(`${JSON.stringify(await chain(region, assembly))}\n`);
  const said = createInterface({ input: child.stdout! });
  await Promise.race([once(said, 'line'), failed(child)]);
  return {
    processId: processInside(child.pid!),
    address: nodes.external![0]!,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.stdin!.end();
      await gone;
      rmSync(state, { recursive: true, force: true });
    },
  };
}

async function chain(region: RegionUnderTest, assembly: string): Promise<Chain> {
  const loaded = await loadAssembly(assembly);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const fleet = initialFleet(loaded.value);
  const view = onLoopback(balancingView(loaded.value, networkView(loaded.value, fleet), fleet));
  const nginx = await fileOf(region, '/etc/nginx/nginx.conf');
  const files: Record<string, string> = { 'mime.types': await fileOf(region, '/etc/nginx/mime.types') };
  const commands: { words: string[]; environment: Record<string, string> }[] = [];
  const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  for (const balancer of view.balancers) {
    for (const [index, node] of balancer.nodes.entries()) {
      const name = `${balancer.name}-${index}`;
      files[`${name}.state`] = '';
      const configuration = nodeConfiguration(view, balancer, node, {
        control: `${folder}/${name}.sock`,
        serverState: `${folder}/${name}.state`,
        certificates: {},
      });
      files[`${name}.cfg`] = configurationText(configuration);
      commands.push({ words: ['haproxy', '-db', '-f', `${folder}/${name}.cfg`], environment });
    }
  }
  for (const [index, { address }] of servers.web.entries()) {
    files[`nginx-${index}.conf`] = nginxOnLoopback(nginx, address, index);
    commands.push({ words: ['nginx', '-c', `${folder}/nginx-${index}.conf`, '-g', 'daemon off;'], environment });
  }
  const bundle = fileURLToPath(new URL('../../arcade/dist/bundle/was/', import.meta.url));
  for (const { address, port } of servers.was) {
    commands.push({
      words: [process.execPath, join(bundle, 'server.mjs')],
      environment: { ...environment, ...applicationEnvironment(address, port, bundle) },
    });
  }
  return { files, commands };
}

function onLoopback(view: BalancingView): BalancingView {
  const place = (name: string): readonly { address: string; port: number }[] =>
    name.startsWith('web') ? servers.web : servers.was;
  return {
    balancers: view.balancers.map(
      (balancer): LoadBalancer => ({
        ...balancer,
        nodes: balancer.nodes.map((node, index) => ({
          ...node,
          address: parseAddress(nodes[balancer.name]![index]!)!,
        })),
      }),
    ),
    targetGroups: view.targetGroups.map((group) => ({
      ...group,
      targets: group.targets.map((target, index) => {
        const { address, port } = place(target.name)[index]!;
        return { ...target, address: parseAddress(address)!, port };
      }),
    })),
  };
}

function nginxOnLoopback(configuration: string, address: string, index: number): string {
  const upstream = nodes.internal!.map((each) => `  server ${each}:8080 max_fails=2 fail_timeout=5s;`).join('\n');
  return configuration
    .replace('include /etc/nginx/application.conf;', `upstream application {\n${upstream}\n  keepalive 64;\n}`)
    .replace('/etc/nginx/mime.types', `${folder}/mime.types`)
    .replace('listen 80 ', `listen ${address}:80 `)
    .replace(
      'http {',
      `http {\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `  ${each}_temp_path ${folder}/nginx-${index}-${each};`).join('\n')}`,
    )
    .replace('/run/nginx.pid', `${folder}/nginx-${index}.pid`)
    .replaceAll('/var/log/nginx/', `${folder}/nginx-${index}-`);
}

/** The database is out of reach here; the handler that is asked does not know it. */
function applicationEnvironment(address: string, port: number, bundle: string): Record<string, string> {
  return {
    PORT: String(port),
    AWS_REGION: 'ap-northeast-2',
    AWS_EC2_METADATA_DISABLED: 'true',
    DATABASE_HOST: '127.0.0.99',
    DATABASE_PORT: '5432',
    DATABASE_NAME: 'none',
    DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:none',
    DATABASE_CA_FILE: join(bundle, 'rds-ca/ap-northeast-2.pem'),
    APPLICATION_INSTANCE: address,
    APPLICATION_ZONE: 'loopback',
  };
}

async function fileOf(region: RegionUnderTest, path: string): Promise<string> {
  return ((await region.terrace('exec', 'web/0', '--', 'cat', path)) as { output: string }).output;
}

/** A process of the chain as the host knows it: any of those below the launcher that has the chain's network. */
function processInside(launcher: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (words.includes(`${folder}/external-0.cfg`) && isDescendant(Number(name), launcher)) return Number(name);
    } catch {
      // It has ended in the meantime.
    }
  }
  throw new Error('the chain on loopback has no process');
}

function isDescendant(pid: number, of: number): boolean {
  for (let each = pid; each > 1; ) {
    if (each === of) return true;
    const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
    each = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  }
  return false;
}

async function failed(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('the chain on loopback did not start');
}
