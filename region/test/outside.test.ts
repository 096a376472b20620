import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Project } from './support/project.ts';

const example = fileURLToPath(new URL('../../examples/existing-vpc', import.meta.url));

test('a template runs in a VPC that it only names and the project imported', async () => {
  await using project = await Project.ofTemplate('');
  const template = ['--template', join(example, 'template.yaml')];
  const before = await project.terrace<{ resources: { unable: number; real: number } }>('validate', ...template);
  expect(before.value.resources).toMatchObject({ unable: 6, real: 0 });
  const imported = await project.terrace<{ imported: object }>('import', join(example, 'aws/listings.json'));
  expect(imported.value.imported).toMatchObject({ Vpcs: 1, Subnets: 4, NatGateways: 1 });
  const up = await project.terrace<{ failures: unknown[]; unable: unknown[]; instances: { address: string }[] }>(
    'up',
    '--detach',
    ...template,
  );
  expect(up.value).toMatchObject({
    failures: [],
    unable: [],
    instances: [{ address: expect.stringMatching(/^10\.20\.10\./) }],
  });
  const probe = async (from: string, to: string, port: string, wait: string) =>
    (await project.terrace<{ outcome: string }>('probe', from, to, '--port', port, '--wait', wait)).value.outcome;
  expect(await probe('internet', 'Alb', '80', '10000')).toBe('accepted');
  expect(await probe('internet', 'Web', '80', '400')).toBe('timeout');
  // Packages come by the imported NAT gateway: without its route the server would not have signalled.
  const nat = await project.terrace<{ answers: { reachable: boolean }[] }>(
    'reach',
    'Web',
    'internet',
    '--port',
    '443',
    ...template,
  );
  expect(JSON.stringify(nat.value)).toContain('nat-0bb11cc22dd330001');
});
