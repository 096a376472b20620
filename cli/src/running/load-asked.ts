import type { Inventory } from '@terrace/cloud/inventory';
import { type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { loadProject, type ProjectOptions } from '../project/project.ts';
import { keepSecret, remark } from '../terminal/discretion.ts';
import { presentInventory } from './present.ts';

/**
 * What a question is about: what `loadProject` finds, or, where neither the command nor the folder names anything, the templates of the region
 * that runs here.
 */
export async function loadAsked(options: ProjectOptions): Promise<Result<Inventory>> {
  const loaded = await loadProject(options);
  if (loaded.ok || loaded.mistakes.some(({ code }) => code !== 'NO_PROJECT') || statesAnything(options)) return loaded;
  const present = await presentInventory();
  if (!present) return loaded;
  keepSecret(present.secrets);
  const names = present.stacks.map(({ name }) => name).join(', ');
  remark(words(`of the running region: ${names}`, `실행 중인 로컬 리전의 스택: ${names}`));
  return success(present);
}

/** An option that would change what is loaded asks for something else than what runs. */
function statesAnything({ parameter, profile, context, region }: ProjectOptions): boolean {
  return [parameter?.length || undefined, context?.length || undefined, profile, region].some(
    (each) => each !== undefined,
  );
}
