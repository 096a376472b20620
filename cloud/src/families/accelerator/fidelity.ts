import { freeOnAws, modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::GlobalAccelerator::Accelerator': modelled(pricedOnly),
  'AWS::GlobalAccelerator::Listener': modelled(freeOnAws),
  'AWS::GlobalAccelerator::EndpointGroup': modelled(freeOnAws),
};
