import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { isObject, type Json } from '@terrace/cloud/json';
import { balancingView } from '@terrace/cloud/views/balancing';
import { coveringFleet } from '@terrace/cloud/views/initial-fleet';
import { type Intent, reasonOf } from '@terrace/cloud/views/intents';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { type Words, words } from '@terrace/cloud/words';
import { openReach } from '../reach/ask/ask.ts';
import { controls } from './all.ts';
import type { Control, Finding, Ground, Severity } from './control.ts';

/** A finding with the control that it breaks; `accepted` has the reason that the template gives. */
export interface Judged {
  readonly control: Control;
  readonly finding: Finding;
  readonly accepted: Words | null;
}

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Every control over an inventory, the worst first. */
export function proveControls(inventory: Inventory, intents: readonly Intent[]): Judged[] {
  const fleet = coveringFleet(inventory);
  const network = networkView(inventory, fleet);
  const balancing = balancingView(inventory, network, fleet);
  const ground: Ground = { inventory, network, fleet, balancing, intents, reach: openReach(network) };
  return controls
    .flatMap((control) =>
      control.find(ground).map((finding) => ({ control, finding, accepted: acceptance(inventory, control, finding) })),
    )
    .sort((one, other) => rank(one) - rank(other));
}

/** What `terrace check` ends with 1 for. */
export function isFailure({ control, accepted }: Judged): boolean {
  return accepted === null && (control.severity === 'critical' || control.severity === 'high');
}

function rank({ control, accepted }: Judged): number {
  return order.indexOf(control.severity) + (accepted === null ? 0 : order.length);
}

/**
 * The reason for which a control is accepted: `Terrace::Accepted` in the metadata of the resource, of the one that the mend belongs to, or of the
 * template, by the name of the control; or a suppression of cdk-nag that says the same.
 */
function acceptance(inventory: Inventory, control: Control, finding: Finding): Words | null {
  const stack = inventory.stacks.find(({ name }) => name === finding.resource.stack);
  const resources = [finding.resource, ...(finding.at ? [finding.at.resource] : [])];
  for (const metadata of [...resources.map((each: Resource) => each.metadata), stack?.metadata ?? {}]) {
    const stated = metadata['Terrace::Accepted'];
    const reason = isObject(stated) ? reasonOf(stated[control.id]) : null;
    if (reason !== null && reason.en.trim() !== '') return reason;
    const suppressed = suppressionOf(metadata.cdk_nag, control.nag);
    if (suppressed) return suppressed;
  }
  return null;
}

function suppressionOf(stated: Json | undefined, rules: readonly string[]): Words | null {
  const list = isObject(stated) ? stated.rules_to_suppress : undefined;
  if (!Array.isArray(list)) return null;
  for (const each of list)
    if (isObject(each) && rules.includes(String(each.id)) && typeof each.reason === 'string')
      return words(`cdk-nag ${each.id}: ${each.reason}`, `cdk-nag ${each.id}: ${each.reason}`);
  return null;
}
