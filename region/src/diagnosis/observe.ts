import { readFile } from 'node:fs/promises';
import { balancingView } from '@terrace/cloud/views/balancing';
import { databaseView } from '@terrace/cloud/views/database';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { secretsView } from '@terrace/cloud/views/secrets';
import { publicResolver } from '../endpoints/compile.ts';
import { resolverAddresses } from '../fabric/network-index.ts';
import { builtScript } from '../host/built.ts';
import { run } from '../host/run.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';
import type { Outline } from '../outline.ts';
import { openReferences } from '../secrets/references.ts';
import { type SecretStore, versionOf } from '../secrets/store.ts';
import type { Observation, Trial } from './observation.ts';

/** One question: from whose namespace, to which interface and port. */
export interface Question {
  readonly namespace: string;
  /** `null` from the internet. */
  readonly sender: NetworkInterface | null;
  readonly receiver: NetworkInterface;
  readonly address: string;
  readonly port: number;
  readonly milliseconds: number;
}

/** Tries every rung for real, from where the sender stands, with the credentials that an application would read. */
export async function observe(
  outline: Outline,
  surroundings: { readonly secrets: SecretStore; readonly certificatesFile: string },
  question: Question,
): Promise<Observation> {
  const trial = await trialOf(outline, surroundings, question);
  const script = builtScript(import.meta.url, './trial-process.js');
  const [program, words] = inNamespace(question.namespace, process.execPath, script);
  return JSON.parse(await run(program, words, JSON.stringify(trial))) as Observation;
}

async function trialOf(
  { inventory, network, fleet, names }: Outline,
  { secrets, certificatesFile }: { readonly secrets: SecretStore; readonly certificatesFile: string },
  { sender, receiver, address, port, milliseconds }: Question,
): Promise<Trial> {
  const vpc = network.vpcs.find((each) => each.id === sender?.vpc);
  const { owner } = receiver;
  const ownerId = 'id' in owner ? owner.id : '';
  const database = databaseView(inventory, network).find((each) => owner.kind === 'database' && each.id === ownerId);
  const balancer = names.balancers.find((each) => owner.kind === 'load-balancer' && each.id === ownerId);
  const listener = balancingView(inventory, network, fleet)
    .balancers.find((each) => each.id === balancer?.id)
    ?.listeners.find((each) => each.port === port);
  const secure = database !== undefined || listener?.protocol === 'HTTPS' || listener?.protocol === 'TLS';
  return {
    name: database?.endpoint ?? balancer?.name ?? null,
    resolver: vpc ? resolverAddresses(vpc)[0]! : publicResolver,
    address,
    port,
    authority: secure ? await readFile(certificatesFile, 'utf8') : null,
    database: database?.engine === 'postgres' && database.port === port ? await login(database.endpoint) : null,
    milliseconds,
  };

  /** What an application reads: the secret that is attached to the database, or else the master user's own password. */
  async function login(endpoint: string): Promise<Trial['database']> {
    const view = secretsView(inventory);
    const attached = view.secrets.find((each) => each.attached.host === endpoint);
    const stored = attached && (await secrets.find(attached.arn));
    const current = stored && versionOf(stored, { stage: 'AWSCURRENT', id: undefined });
    if (current) {
      const value = JSON.parse(current.value) as Record<string, unknown>;
      return {
        user: String(value.username),
        password: String(value.password),
        name: String(value.dbname ?? 'postgres'),
      };
    }
    const open = async (reference: string) => {
      const opened = await openReferences(reference, { secrets, parameters: view.parameters }, {});
      return opened.ok ? opened.value : '';
    };
    return {
      user: await open(database!.masterUser),
      password: await open(
        database!.masterPassword ?? `{{resolve:secretsmanager:${database!.masterSecret}:SecretString:password}}`,
      ),
      name: database!.databaseName ?? 'postgres',
    };
  }
}
