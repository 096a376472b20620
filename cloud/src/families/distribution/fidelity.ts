import { freeOnAws, modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::CloudFront::Distribution': modelled(pricedOnly),
  'AWS::CloudFront::VpcOrigin': modelled(freeOnAws),
};
