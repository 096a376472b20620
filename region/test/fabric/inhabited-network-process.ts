import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Inventory } from '@terrace/cloud/inventory';
import { Authority } from '../../src/authority/authority.ts';
import { internet } from '../../src/fabric/names.ts';
import { run } from '../../src/host/run.ts';
import { type Incident, incidentText } from '../../src/incident.ts';
import { inNamespace } from '../../src/namespaces/network-namespace.ts';
import { type Outline, outline, standing } from '../../src/outline.ts';
import { BalancerKeeper } from '../../src/supervisor/keepers/balancer-keeper.ts';
import { FabricKeeper } from '../../src/supervisor/keepers/fabric-keeper.ts';
import { listenerCertificates } from '../../src/supervisor/keepers/listener-certificates.ts';
import { VpcServicesKeeper } from '../../src/supervisor/keepers/vpc-services-keeper.ts';
import type { Question } from './inhabited-network.ts';

/** Process 1 of an inhabited network: fabric and load balancers as the region has them, and an inhabitant wherever one is asked for. */
const [folder = '', inhabitantScript = ''] = process.argv.slice(2);
const authority = await Authority.open(join(folder, 'authority'));
const fabric = new FabricKeeper();
const incident = (each: Incident) => void process.stderr.write(`${incidentText(each)}\n`);
const balancers = new BalancerKeeper({
  folder: '/run/terrace/balancers',
  certificates: (view, inventory) =>
    listenerCertificates(view, inventory, authority, '/run/terrace/balancers/certificates'),
  accessLogs: null,
  on: incident,
});
const services = new VpcServicesKeeper('0'.repeat(64), {
  incident,
  ended: (error) => {
    throw error;
  },
});
let hasResolvers = false;
const inhabitants = new Map<string, Promise<Inhabitant>>();
let present: Outline | null = null;

interface Inhabitant {
  readonly child: ChildProcess;
  ask(question: Question): Promise<unknown>;
}

async function call(name: string, words: readonly unknown[]): Promise<unknown> {
  switch (name) {
    case 'apply': {
      present = outline(words[0] as Inventory);
      await Promise.all([balancers.retire(present), services.retire(present)]);
      await fabric.apply(present.network);
      if (hasResolvers) await services.apply(present, {});
      for (const [who, port] of Object.entries(words[1] as Record<string, number>)) {
        await (await inhabitant(who)).ask({ kind: 'serve', port });
      }
      await balancers.apply(present);
      return;
    }
    case 'resolvers':
      if (!hasResolvers) await services.apply(present!, {});
      hasResolvers = true;
      return;
    case 'balancersInForce':
      return balancers.inspect();
    case 'targets':
      return balancers.targets();
    case 'issue':
      return authority.issue({ dns: words[0] as string[] });
    case 'run': {
      const [program, rest] = inNamespace(namespaceCalled(words[0] as string), ...(words[1] as [string, ...string[]]));
      return run(program, rest);
    }
    default:
      return (await inhabitant(words[0] as string)).ask(words[1] as Question);
  }
}

/** By an interface's id or name, a VPC's router by `router`, the internet, or a namespace's own name. */
function namespaceCalled(name: string): string {
  if (name === internet) return internet;
  const found = present!.network.interfaces.find((each) => each.id === name || each.name === name);
  return found ? standing(found).namespace : name;
}

function inhabitant(name: string): Promise<Inhabitant> {
  const known = inhabitants.get(name);
  if (known) return known;
  const made = settle(name);
  inhabitants.set(name, made);
  return made;
}

async function settle(name: string): Promise<Inhabitant> {
  const [program, words] = inNamespace(
    namespaceCalled(name),
    process.execPath,
    inhabitantScript,
    name,
    authority.certificateFile,
  );
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let number = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the inhabitant of ${name} ended with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const answer = JSON.parse(line) as { ready?: boolean; number?: number; value?: unknown; error?: string };
      if (answer.ready) return resolve();
      const asked = pending.get(answer.number!)!;
      pending.delete(answer.number!);
      if (answer.error === undefined) asked.resolve(answer.value);
      else asked.reject(new Error(answer.error));
    });
  });
  return {
    child,
    ask: (question) =>
      new Promise((resolve, reject) => {
        number += 1;
        pending.set(number, { resolve, reject });
        child.stdin!.write(`${JSON.stringify({ number, question })}\n`);
      }),
  };
}

process.stdout.write('{"ready":true}\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { number, name, words } = JSON.parse(line) as { number: number; name: string; words: unknown[] };
  call(name, words).then(
    (value) => process.stdout.write(`${JSON.stringify({ number, value: value ?? null })}\n`),
    (error: Error) => process.stdout.write(`${JSON.stringify({ number, error: error.stack ?? error.message })}\n`),
  );
}
await Promise.all([balancers, services].map((each) => each[Symbol.asyncDispose]()));
process.exit(0);
