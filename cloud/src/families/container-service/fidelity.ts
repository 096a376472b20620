import { modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::ECS::Service': modelled(pricedOnly),
};
