import { generatedName } from '../allocate/identifier.ts';
import type { Json } from '../json.ts';
import type { ResourceType } from '../specification/resource-type.ts';
import { type Draft, type Identity, textOf } from './contract/identity.ts';

/**
 * Identity of a type whose identifiers Terrace does not form itself: by AWS's specification as far as that goes, which is the name
 * that is stated, or one made up as CloudFormation does it, and ARNs by their template.
 */
export function assumedIdentity(draft: Draft, type: ResourceType | undefined): Identity {
  const name = type?.identifier.map((each) => textOf(draft, each)).find((each) => each !== undefined);
  const physicalId = name ?? generatedName(draft.subject);
  const isArn = type?.identifier.length === 1 && /Arn$/.test(type.identifier[0] as string);
  return { physicalId: isArn && name === undefined ? arnOf(draft, type, physicalId) : physicalId, attributes: {} };
}

/** The value of an attribute that follows from the specification: a property of the same name, the identifier, the ARN; `undefined` for any other. */
export function derivedAttribute(
  draft: Draft,
  type: ResourceType | undefined,
  physicalId: string,
  name: string,
): Json | undefined {
  if (Object.hasOwn(draft.properties, name)) return draft.properties[name];
  if (type?.identifier.length === 1 && type.identifier[0] === name) return physicalId;
  if (name === 'Arn' && type) return physicalId.startsWith('arn:') ? physicalId : arnOf(draft, type, physicalId);
  return undefined;
}

function arnOf(draft: Draft, type: ResourceType, physicalId: string): string {
  const template = type.arnTemplate;
  if (template === undefined) {
    const service = (type.name.split('::')[1] ?? '').toLowerCase();
    return `arn:${draft.partition}:${service}:${draft.subject.region}:${draft.subject.account}:${physicalId}`;
  }
  const known: Readonly<Record<string, string>> = {
    Partition: draft.partition,
    Region: draft.subject.region,
    Account: draft.subject.account,
  };
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? textOf(draft, name) ?? physicalId);
}
