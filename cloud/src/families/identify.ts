import type { Json, JsonObject } from '../json.ts';
import { type ResourceType, resourceType } from '../specification/resource-type.ts';
import { assumedIdentity, derivedAttribute } from './assumed.ts';
import type { Draft } from './contract/identity.ts';
import { identities } from './registry.ts';

interface Identified {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, as AWS forms it. */
  readonly attributes: JsonObject;
  /** Whether the type has an attribute that is not in `attributes`: one that only AWS, or its provider, could tell. */
  mayHave(attribute: string): boolean;
}

/** Whether identifiers of the type are formed as AWS forms them; others stand in for what only AWS could tell. */
export function isFormed(type: string): boolean {
  return Object.hasOwn(identities, type);
}

/** What `Ref` and `Fn::GetAtt` give for a resource: as AWS forms it for the type, or else as far as AWS's specification says it. */
export function identify(draft: Draft): Identified {
  const type = resourceType(draft.type);
  const identity = Object.hasOwn(identities, draft.type) ? identities[draft.type] : undefined;
  const { physicalId, attributes } = identity ? identity(draft) : assumedIdentity(draft, type);
  return {
    physicalId,
    attributes: { ...derivedAttributes(draft, type, physicalId), ...attributes },
    mayHave: (name) => mayHave(draft.type, type, name),
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
  // Its transform makes other resources of it.
  if (name.startsWith('AWS::Serverless::')) return true;
  if (type) return type.attributes.has(attribute) || name === 'AWS::CloudFormation::CustomResource';
  return !name.startsWith('AWS::') || name === 'AWS::CloudFormation::CustomResource';
}
