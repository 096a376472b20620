import type { Described, DescribedResource } from '../families/contract/described.ts';
import type { Resource } from '../inventory.ts';
import type { JsonObject } from '../json.ts';

/** A thing that stands in an account and that no template here makes. */
export interface Standing extends Described {
  /** The list of AWS's that it was read from, for example `Subnets`. */
  readonly list: string;
  /** 12 digits. */
  readonly account: string;
  /** For example `ap-northeast-2`. */
  readonly region: string;
}

/** Things that stand, as resources: with what they tell of one another, and apart those where a program answers. */
export interface StandingResources {
  readonly outside: readonly Resource[];
  readonly neighbours: readonly Resource[];
}

/** The resources of things that stand. What one tells of another is an attribute of the other. */
export function resourcesOf(standing: readonly Standing[]): StandingResources {
  const told = new Map<string, JsonObject>();
  for (const { amends } of standing)
    for (const [id, more] of Object.entries(amends ?? {})) told.set(id, { ...told.get(id), ...more });
  const endpoints = new Set(standing.filter(({ list }) => list === 'VpcEndpoints').map(({ id }) => id));
  // A gateway endpoint that is known states its routes itself.
  const isStatedTwice = ({ type, properties: { GatewayId } }: DescribedResource) =>
    type === 'AWS::EC2::Route' && typeof GatewayId === 'string' && endpoints.has(GatewayId);
  const outside: Resource[] = [];
  const neighbours: Resource[] = [];
  for (const each of standing) {
    const stack = stackOf(each);
    for (const resource of each.resources) {
      if (isStatedTwice(resource)) continue;
      const { type, id, properties, attributes = {}, tags = {}, isServer } = resource;
      (isServer ? neighbours : outside).push({
        key: `${stack}/${id}`,
        stack,
        logicalId: id,
        type,
        physicalId: id,
        attributes: { ...attributes, ...told.get(id) },
        properties,
        metadata: {},
        creationPolicy: {},
        updatePolicy: {},
        deletionPolicy: 'Retain',
        dependsOn: [],
        tags,
        place: {},
      });
    }
  }
  return { outside, neighbours };
}

/** In place of a stack's name; no stack is called so, since a stack's name has no full stop. */
export function stackOf({ account, region }: Pick<Standing, 'account' | 'region'>): string {
  return `${account}.${region}`;
}
