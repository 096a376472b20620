import { modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Route53Resolver::ResolverEndpoint': modelled(pricedOnly),
};
