import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret, SecretsView } from '@terrace/cloud/views/secrets';
import { words } from '@terrace/cloud/words';
import { readKeptJson } from '../keeping/damaged-state.ts';
import { writeWhole } from '../keeping/write-whole.ts';
import { generatePassword } from './password.ts';

/** One secret as it is kept: a file of its own, readable by its owner alone. */
export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | null;
  readonly kmsKey: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  /** The newest first. */
  readonly versions: readonly SecretVersion[];
  /** Digest of what the template says of the value: a change of it makes a new value, as on AWS. */
  readonly recipe: string;
  /** Keys that an attachment put into the value. */
  readonly attached: readonly string[];
}

interface SecretVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly value: string;
  readonly created: number;
}

/**
 * Secrets of one project, in a folder. Nothing is held in memory, so that every process that is given the folder
 * sees and makes the same; each change replaces one file at once.
 */
export class SecretStore {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string): Promise<SecretStore> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new SecretStore(directory);
  }

  /** Makes what is missing, and brings up to date what the template changed; a generated value is made once. */
  async reconcile(view: SecretsView): Promise<void> {
    for (const secret of view.secrets) {
      const kept = await this.#read(secret.arn);
      const next = reconciled(secret, kept);
      if (next && JSON.stringify(next) !== JSON.stringify(kept)) await this.#write(next);
    }
  }

  /** By ARN, whole or without its last six characters, or by name: of several that had it one after another, the last. */
  async find(reference: string): Promise<StoredSecret | undefined> {
    if (reference.startsWith('arn:')) {
      const exact = await this.#read(reference);
      if (exact) return exact;
    }
    const latestFirst = (await this.list()).sort((one, other) => other.created - one.created);
    return latestFirst.find(
      ({ arn, name }) => name === reference || arn === reference || arn.slice(0, -7) === reference,
    );
  }

  async list(): Promise<StoredSecret[]> {
    const files = (await readdir(this.#directory)).filter((name) => name.endsWith('.json')).sort();
    const found = await Promise.all(files.map((name) => readSecret(join(this.#directory, name))));
    return found.filter((each) => each !== undefined);
  }

  /** A new current version; the one before becomes `AWSPREVIOUS`. With other stages, only those move. */
  async put(
    arn: string,
    value: string,
    id: string = randomUUID(),
    stages: readonly string[] = ['AWSCURRENT'],
  ): Promise<SecretVersion> {
    const kept = await this.#read(arn);
    if (!kept) throw new Error(`${arn} is not in the store`);
    const next = withVersion(kept, value, id, stages);
    await this.#write(next);
    return next.versions[0]!;
  }

  #read(arn: string): Promise<StoredSecret | undefined> {
    return readSecret(this.#file(arn));
  }

  #write(secret: StoredSecret): Promise<void> {
    return writeWhole(this.#file(secret.arn), JSON.stringify(secret));
  }

  #file(arn: string): string {
    return join(this.#directory, `${createHash('sha256').update(arn).digest('hex').slice(0, 32)}.json`);
  }
}

function readSecret(file: string): Promise<StoredSecret | undefined> {
  const whole = ({ arn, name, versions }: StoredSecret) =>
    typeof arn === 'string' && typeof name === 'string' && Array.isArray(versions);
  return readKeptJson(file, whole, removed);
}

const removed = words(
  'its secret is then made anew from the template; a generated password becomes another, and a value that an application put is lost',
  '보안 암호를 템플릿에서 다시 만듭니다. 생성된 비밀번호는 바뀌고, 애플리케이션이 넣은 값은 사라집니다.',
);

/** The version that a stage (`AWSCURRENT`) or an id names. */
export function versionOf(
  secret: StoredSecret,
  by: { stage?: string | undefined; id?: string | undefined } = {},
): SecretVersion | undefined {
  return secret.versions.find(
    (version) =>
      (by.id === undefined || version.id === by.id) &&
      (by.id !== undefined && by.stage === undefined ? true : version.stages.includes(by.stage ?? 'AWSCURRENT')),
  );
}

function withVersion(secret: StoredSecret, value: string, id: string, stages: readonly string[]): StoredSecret {
  const moved = stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages;
  const former = secret.versions
    .filter((version) => version.id !== id)
    .map((version) => {
      const left = version.stages.filter((stage) => !moved.includes(stage));
      const wasCurrent = stages.includes('AWSCURRENT') && version.stages.includes('AWSCURRENT');
      return { ...version, stages: wasCurrent ? [...left, 'AWSPREVIOUS'] : left };
    });
  const now = Date.now();
  const versions = [{ id, stages, value, created: now }, ...former.filter((version) => version.stages.length > 0)];
  return { ...secret, changed: now, versions };
}

function reconciled(secret: Secret, kept: StoredSecret | undefined): StoredSecret | undefined {
  const recipe = createHash('sha256').update(JSON.stringify(secret.content)).digest('hex');
  const { arn, name, description, kmsKey } = secret;
  const now = Date.now();
  const before = kept ?? {
    arn,
    name,
    created: now,
    changed: now,
    versions: [],
    attached: [],
    description,
    kmsKey,
    recipe: '',
  };
  const renewed = { ...before, name, description, kmsKey, recipe };
  const value = kept?.recipe === recipe ? undefined : firstValue(secret);
  const valued = value === undefined ? renewed : withVersion(renewed, value, randomUUID(), ['AWSCURRENT']);
  return withAttachment(valued, secret.attached);
}

function firstValue({ content }: Secret): string | undefined {
  if (content.kind === 'empty') return undefined;
  if (content.kind === 'stated') return content.value;
  const password = generatePassword(content.recipe);
  return content.within ? JSON.stringify({ ...content.within.template, [content.within.key]: password }) : password;
}

/** An attachment rewrites the current value in place: it describes where the database is, not who may come in. */
function withAttachment(secret: StoredSecret, attached: Secret['attached']): StoredSecret {
  const current = versionOf(secret);
  const value = current && parsedObject(current.value);
  if (!current || !value) return secret;
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !secret.attached.includes(key)));
  const merged = JSON.stringify({ ...own, ...attached });
  const versions = secret.versions.map((version) => (version === current ? { ...version, value: merged } : version));
  return {
    ...secret,
    attached: Object.keys(attached),
    versions: merged === current.value ? secret.versions : versions,
  };
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
