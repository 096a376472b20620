import { fileURLToPath } from 'node:url';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import { identityView } from '@terrace/cloud/views/identity';
import { demandsOf } from '@terrace/lenses/access/deployment/demands';
import { preflightOf } from '@terrace/lenses/access/deployment/preflight';
import { escalationsOf, surroundingsOf } from '@terrace/lenses/access/escalation/escalation';
import { personasOf, subjectsOf } from '@terrace/lenses/access/evaluation/subject';

export interface AccessReport {
  readonly resources: number;
  readonly personas: number;
  readonly demands: number;
  /** Reading policies, collecting demands and judging every persona, nothing warm; loading the assembly is not in it. */
  readonly preflightSeconds: number;
  readonly limitSeconds: 0.5;
  readonly holds: boolean;
  /** Every published way to administrator, for everybody in the template. */
  readonly escalationSeconds: number;
}

/** Of the processor, so that other work on the machine does not count. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Preflight of an assembly for all of its personas. */
export async function measureAccess(assembly: string): Promise<AccessReport> {
  const loaded = await loadAssembly(assembly);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  const inventory = loaded.value;
  const start = process.cpuUsage();
  const view = identityView(inventory);
  const personas = personasOf(view);
  if (!personas.ok) throw new Error(JSON.stringify(personas.mistakes, null, 1));
  const demands = demandsOf(inventory, { via: 'cloudformation' });
  for (const persona of personas.value) preflightOf(demands, persona, { via: 'cloudformation' });
  const preflightSeconds = secondsSince(start);
  const subjects = subjectsOf(view);
  if (!subjects.ok) throw new Error(JSON.stringify(subjects.mistakes, null, 1));
  const walked = process.cpuUsage();
  const around = surroundingsOf(view, subjects.value);
  for (const subject of subjects.value) escalationsOf(subject, around);
  return {
    resources: inventory.resources.length,
    personas: personas.value.length,
    demands: demands.demands.length,
    preflightSeconds,
    limitSeconds: 0.5,
    holds: preflightSeconds <= 0.5,
    escalationSeconds: secondsSince(walked),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const assembly = process.argv[2];
  if (assembly === undefined) throw new Error('give the folder of an assembly, as `cdk synth --output` writes it');
  process.stdout.write(`${JSON.stringify(await measureAccess(assembly), null, 2)}\n`);
}
