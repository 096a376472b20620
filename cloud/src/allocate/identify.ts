import type { Json, JsonObject } from '../json.ts';
import { type ResourceType, resourceType } from '../specification/resource-type.ts';
import { assumedIdentity, derivedAttribute, standIn } from './assumed.ts';
import { access } from './identity/access.ts';
import { compute } from './identity/compute.ts';
import { data } from './identity/data.ts';
import { edge } from './identity/edge.ts';
import { loadBalancing } from './identity/load-balancing.ts';
import { network } from './identity/network.ts';
import { operations } from './identity/operations.ts';
import type { Draft, Identify } from './identity.ts';

const families: Readonly<Record<string, Identify>> = {
  ...network,
  ...compute,
  ...loadBalancing,
  ...data,
  ...access,
  ...operations,
  ...edge,
};

interface Identified {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, as AWS forms it. */
  readonly attributes: JsonObject;
  /**
   * An attribute that is not in `attributes`: a value that only stands in for AWS's, `undefined` if the type has no such attribute. Whoever
   * uses it is warned.
   */
  standIn(name: string): Json | undefined;
}

/** What `Ref` and `Fn::GetAtt` give for a resource: as AWS forms it for the type, or else as far as AWS's specification says it. */
export function identify(draft: Draft): Identified {
  const type = resourceType(draft.type);
  const family = Object.hasOwn(families, draft.type) ? families[draft.type] : undefined;
  const { physicalId, attributes } = family ? family(draft) : assumedIdentity(draft, type);
  return {
    physicalId,
    attributes: { ...derivedAttributes(draft, type, physicalId), ...attributes },
    standIn: (name) => (mayHave(draft.type, type, name) ? standIn(draft, name, type?.attributes.get(name)) : undefined),
  };
}

function derivedAttributes(draft: Draft, type: ResourceType | undefined, physicalId: string): JsonObject {
  const attributes: Record<string, Json> = {};
  for (const name of type?.attributes.keys() ?? []) {
    const value = derivedAttribute(draft, type, physicalId, name);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** A custom resource has whatever attributes its provider answers with. */
function mayHave(name: string, type: ResourceType | undefined, attribute: string): boolean {
  if (name === 'AWS::Serverless::Application' && attribute.startsWith('Outputs.')) return true;
  if (type) return type.attributes.has(attribute) || name === 'AWS::CloudFormation::CustomResource';
  return !name.startsWith('AWS::') || name === 'AWS::CloudFormation::CustomResource';
}
