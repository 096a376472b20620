import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll } from 'vitest';
import { settingsFromContext } from './settings/settings-from-context.ts';
import { addTerrace } from './terrace.ts';

/** A CloudFormation template, as far as tests look into it. */
export interface Template {
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties have a shape for each type
  readonly Properties: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly Metadata: any;
  readonly [attribute: string]: unknown;
}

export interface Variant {
  readonly folder: string;
  readonly identity: Template;
  readonly money: Template;
  readonly network: Template;
  readonly service: Template;
  /** Every resource of all stacks, as `Stack/LogicalId`. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

const known = new Map<string, Variant>();
const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** The templates of a context, for tests: with bundles that hold nothing, so that no application has to be built. */
export function synthesizeVariant(context: Readonly<Record<string, unknown>>, prepare?: (app: App) => void): Variant {
  const key = JSON.stringify(context);
  const earlier = prepare ? undefined : known.get(key);
  if (earlier) return earlier;
  const read = settingsFromContext(context);
  if (!read.ok) throw new Error(read.mistakes.map(({ cause }) => cause.en).join('; '));
  const folder = mkdtempSync(join(tmpdir(), 'blueprint-'));
  made.push(folder);
  const bundle = join(folder, 'bundle.tar.gz');
  writeFileSync(bundle, '');
  const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false });
  addTerrace(app, read.settings, { web: bundle, application: bundle });
  prepare?.(app);
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    app.synth();
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
  const template = (stack: string): Template =>
    JSON.parse(readFileSync(join(folder, 'out', `${stack}.template.json`), 'utf8')) as Template;
  const stacks = {
    identity: template('TerraceIdentity'),
    money: template('TerraceMoney'),
    network: template('TerraceNetwork'),
    service: template('TerraceService'),
  };
  const resources = Object.fromEntries(
    Object.entries(stacks).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources).map(([id, resource]) => [`${stack}/${id}`, resource]),
    ),
  );
  const variant = { folder: join(folder, 'out'), ...stacks, resources };
  if (!prepare) known.set(key, variant);
  return variant;
}

/** A context that turns everything on, in addition to the production profile. */
export const everything = {
  profile: 'production',
  domain: 'play.example.com',
  testSubnet: '172.16.9.0/24',
  hours: '09:00-18:00 MON-FRI',
  whenUsedUp: 'stop',
};
