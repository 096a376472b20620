import { generatedName } from './identifier.ts';
import { access } from './identity/access.ts';
import { compute } from './identity/compute.ts';
import { data } from './identity/data.ts';
import { edge } from './identity/edge.ts';
import { loadBalancing } from './identity/load-balancing.ts';
import { network } from './identity/network.ts';
import { operations } from './identity/operations.ts';
import type { Draft, Identify, Identity } from './identity.ts';

const families: Readonly<Record<string, Identify>> = {
  ...network,
  ...compute,
  ...loadBalancing,
  ...data,
  ...access,
  ...operations,
  ...edge,
};

/** What `Ref` and `Fn::GetAtt` give for a resource, as AWS forms it for the type; a name as CloudFormation makes it for types without a form of their own. */
export function identify(draft: Draft): Identity {
  const family = Object.hasOwn(families, draft.type) ? families[draft.type] : undefined;
  if (family) return family(draft);
  return { physicalId: generatedName(draft.subject), attributes: {} };
}

/** Whether Terrace knows how AWS forms this type's identifiers. */
export function hasIdentityOfItsOwn(type: string): boolean {
  return Object.hasOwn(families, type);
}
