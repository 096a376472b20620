import { run } from '../host/run.ts';

/** Where `ip netns` keeps its names; within the region's own mount namespace, so that the host has none of them. */
const directory = '/run/netns';

export function namespaceFile(name: string): string {
  return `${directory}/${name}`;
}

/** The words that run a program inside a network namespace. */
export function inNamespace(name: string, program: string, ...words: readonly string[]): [string, string[]] {
  return ['nsenter', [`--net=${namespaceFile(name)}`, program, ...words]];
}

/** Makes all, in one process, which goes back to a namespace of its own between two: an ordinary user may not enter the host's. */
export async function addNamespaces(names: readonly string[]): Promise<void> {
  if (names.length > 0)
    await run('unshare', ['--net', 'ip', '-batch', '-'], lines(names.map((name) => `netns add ${name}`)));
}

export async function deleteNamespaces(names: readonly string[]): Promise<void> {
  if (names.length > 0) await run('ip', ['-force', '-batch', '-'], lines(names.map((name) => `netns delete ${name}`)));
}

/** Sets values below `/proc/sys/net` and carries out `ip` commands, in one process of the namespace. */
export async function configure(
  name: string,
  settings: Readonly<Record<string, string>>,
  commands: readonly string[],
): Promise<void> {
  if (commands.length === 0 && Object.keys(settings).length === 0) return;
  const writes = Object.entries(settings).map(([path, value]) => `echo '${value}' > /proc/sys/net/${path}`);
  const script = ['set -e', ...writes, commands.length > 0 ? 'exec ip -batch -' : ':'].join('\n');
  const [program, words] = inNamespace(name, 'sh', '-c', script);
  await run(program, words, lines(commands));
}

/** Carries out `ip` commands about rules of IPv6. */
export async function configureRules6(name: string, commands: readonly string[]): Promise<void> {
  if (commands.length === 0) return;
  const [program, words] = inNamespace(name, 'ip', '-6', '-batch', '-');
  await run(program, words, lines(commands));
}

/** Loads nftables statements in one transaction. */
export async function loadRuleset(name: string, text: string): Promise<void> {
  const [program, words] = inNamespace(name, 'nft', '-f', '-');
  await run(program, words, text);
}

function lines(commands: readonly string[]): string {
  return commands.map((command) => `${command}\n`).join('');
}
