import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTemplates } from '@terrace/cloud/assembly/load';
import { intentsOf } from '@terrace/cloud/views/intents';
import { describe, expect, test } from 'vitest';
import { Project } from './support/project.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** The templates of an example: all that are not nested in another. */
const shapes: readonly (readonly [name: string, files: readonly string[]])[] = [
  ['one-vpc', ['template.yaml']],
  ['three-vpcs', ['template.yaml']],
  ['bastion', ['template.yaml']],
  ['network-load-balancer', ['template.yaml']],
  ['nat-per-zone', ['template.yaml']],
  ['private-endpoints', ['template.yaml']],
  ['nested-stacks', ['template.yaml']],
  ['two-stacks', ['service.yaml', 'network.yaml']],
  ['short-forms', ['template.yaml']],
  ['plain-json', ['template.json']],
  ['network-acl', ['template.yaml']],
  ['loops', ['template.yaml']],
  ['path-routing', ['template.yaml']],
  ['default-vpc', ['template.yaml']],
  ['dual-stack', ['template.yaml']],
  ['nat-instance', ['template.yaml']],
];

describe('the examples', () => {
  test.concurrent.each(shapes)('%s comes up, and the kernel keeps every intent it states', async (name, files) => {
    const templates = files.map((file) => join(examples, name, file));
    await using project = await Project.ofTemplate('');
    const said = await project.terrace<{ failures: unknown[] }>(
      'up',
      '--detach',
      ...templates.flatMap((file) => ['--template', file]),
    );
    expect(said.value.failures).toEqual([]);
    for (const { from, to, protocol, port, verdict } of await statedFlows(templates)) {
      const probe = await project.terrace<{ outcome: string }>(
        'probe',
        from,
        to,
        '--port',
        port,
        '--protocol',
        protocol,
        '--wait',
        verdict === 'allow' ? '10000' : '400',
      );
      const passed = probe.value.outcome !== 'timeout';
      expect({ from, to, protocol, port, passed }).toEqual({ from, to, protocol, port, passed: verdict === 'allow' });
    }
  });

  test.concurrent('are all here', async () => {
    const folders = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    // These do not boot here, as their README says, or are apps of their own.
    const elsewhere = ['existing-vpc', 'tomcat-mysql', 'flask-postgresql', 'own-application', 'encrypted-database'];
    expect(folders.map(({ name }) => name).sort()).toEqual([...shapes.map(([name]) => name), ...elsewhere].sort());
  });
});

async function statedFlows(templates: readonly string[]) {
  const loaded = await loadTemplates(templates);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const intents = intentsOf(loaded.value);
  if (!intents.ok) throw new Error(JSON.stringify(intents.mistakes));
  return intents.value.flatMap((intent) =>
    ['tcp', 'udp'].includes(intent.protocol) && /^\d+$/.test(String(intent.ports))
      ? intent.from.flatMap((from) =>
          intent.to.map((to) => ({
            from,
            to,
            protocol: intent.protocol,
            port: String(intent.ports),
            verdict: intent.verdict,
          })),
        )
      : [],
  );
}
