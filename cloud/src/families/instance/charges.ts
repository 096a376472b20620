import { type Charges, free } from '../contract/charge.ts';
import { launchData } from '../launch-template/launch-data.ts';
import { launchInterfaces } from './launch-interfaces.ts';
import { machines } from './machine-charges.ts';

export const charges: Charges = {
  'AWS::EC2::Instance': (resource, reading) => {
    const { inventory } = reading;
    const subnets = launchInterfaces(inventory, resource).map(({ subnet }) => subnet);
    return machines(resource, launchData(inventory, resource), subnets, 1, 'dismantled', reading);
  },
  'AWS::EC2::KeyPair': free,
  'AWS::EC2::PlacementGroup': free,
};
