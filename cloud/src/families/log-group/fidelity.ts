import { freeOnAws, modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Logs::LogGroup': modelled(pricedOnly),
  'AWS::Logs::LogStream': modelled(freeOnAws),
  'AWS::Logs::MetricFilter': modelled(freeOnAws),
};
