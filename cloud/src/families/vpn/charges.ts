import { type Charges, hourly } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::VPNConnection': (resource) => [hourly(resource.key, 'Site-to-Site VPN connection')],
};
