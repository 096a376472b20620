import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Compute } from '../../src/compute/compute.ts';
import type { Ground } from '../../src/compute/ground.ts';
import type { Ending } from '../../src/compute/guest.ts';
import { type Image, plainImage } from '../../src/compute/images.ts';
import type { InstanceEvent, RunningInstance } from '../../src/compute/running-instance.ts';
import { userlands } from '../../src/compute/userland/distributions.ts';
import { listenElsewhere } from '../../src/endpoints/listen-elsewhere.ts';
import type { YardCalls } from './yard.ts';

/** Process 1 of a test's own namespaces: a region of instances and nothing else, told what to do line by line. */
const ground = JSON.parse(process.argv[2]!) as Ground;
mkdirSync(ground.scratch, { recursive: true });
const [folder = '', services = '', kindOfState = ''] = process.argv.slice(3);
if (kindOfState === 'overlay') {
  for (const name of ['state', 'layer']) mkdirSync(join(folder, name), { recursive: true });
  const options = `lowerdir=${join(folder, 'layer')}:${join(folder, 'state')}`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(folder, 'state')]);
}
/** Not 443, where the endpoints listen in some. */
const repositoryPort = 8000;
const compute = await Compute.open(ground, () => undefined);
const instances = new Map<string, RunningInstance>();
const images = new Map<string, Image>();
const events: InstanceEvent[] = [];

const calls: YardCalls = {
  async namespaces(names) {
    for (const name of names) {
      writeFileSync(`/run/netns/${name}`, '');
      // As the fabric makes a namespace of an instance: see hostSettings of compile-interface.ts.
      const settings = 'ip link set lo up && echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start';
      execFileSync('unshare', [`--net=/run/netns/${name}`, 'sh', '-c', settings]);
      // The package repository of its instances, by the name localhost.
      const repository = await listenElsewhere(`/run/netns/${name}`, '127.0.0.1', repositoryPort);
      repository.on('connection', (socket) => socket.destroy());
    }
  },
  async services(network) {
    const net = `--net=/run/netns/${network}`;
    execFileSync('nsenter', [net, 'ip', 'address', 'add', '169.254.169.254/32', 'dev', 'lo']);
    const child = spawn(
      'nsenter',
      [net, process.execPath, services, join(folder, 'services'), join(folder, 'authority')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the services ended (${code})`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(child.stdout, 'data'), ended]);
  },
  async calls() {
    const lines = readFileSync(join(folder, 'services/events'), 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  },
  async run(words) {
    return execFileSync(words[0]!, words.slice(1), { encoding: 'utf8' });
  },
  async launch(given) {
    const instance = await compute.launch(
      {
        hostName: `${given.id}.internal`,
        network: `/run/netns/${given.network}`,
        forwards: given.forwards ?? false,
        resolver: '127.0.0.53',
        searchDomain: null,
        timeZone: 'UTC',
        diskBytes: 512 * 1024 * 1024,
        size: given.size,
        userData: given.userData ?? null,
        userland: given.userland ?? 'amazon-linux-2023',
        repository: {
          ...userlands[given.userland ?? 'amazon-linux-2023'].repository(ground.region),
          host: given.repository ?? 'localhost',
          port: repositoryPort,
          bucket: null,
        },
        image: given.image === undefined ? plainImage : images.get(given.image)!,
        id: given.id,
      },
      (event) => events.push(event),
    );
    instances.set(given.id, instance);
  },
  userData: (id) => instances.get(id)!.userData,
  async exec(id, words, options = {}) {
    const said = { out: '', err: '' };
    const { input, ...execution } = options;
    const process = await instances.get(id)!.exec({
      ...execution,
      words,
      input: input !== undefined,
      onOutput: (stream, bytes) => {
        said[stream] += bytes.toString();
      },
    });
    if (input !== undefined) {
      process.write(Buffer.from(input));
      process.closeInput();
    }
    const ending: Ending = await process.ended;
    return { ...ending, ...said };
  },
  async journal(id, unit) {
    return instances.get(id)!.journal.read(unit === undefined ? {} : { unit });
  },
  stop: (id) => instances.get(id)!.stop(),
  start: (id) => instances.get(id)!.start(),
  powerOff: (id) => instances.get(id)!.powerOff(),
  terminate: (id) => instances.get(id)!.terminate(),
  async image(id, name) {
    images.set(name, await instances.get(id)!.image(name));
  },
  async state(id) {
    return instances.get(id)!.state;
  },
  async events() {
    return events;
  },
  async killLauncher() {
    process.kill(compute.launcherProcessId!, 'SIGKILL');
  },
  async memory() {
    const fields = readFileSync('/proc/meminfo', 'utf8');
    const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(fields)?.[1]) * 1024;
    return of('MemTotal') - of('MemAvailable');
  },
};

process.stdout.write('{"ready":true}\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { number, name, words } = JSON.parse(line) as { number: number; name: keyof YardCalls; words: unknown[] };
  const call = calls[name] as (...words: unknown[]) => Promise<unknown>;
  call(...words).then(
    (value) => process.stdout.write(`${JSON.stringify({ number, value: value ?? null })}\n`),
    (error: Error) => process.stdout.write(`${JSON.stringify({ number, error: error.message })}\n`),
  );
}
await compute[Symbol.asyncDispose]();
process.exit(0);
