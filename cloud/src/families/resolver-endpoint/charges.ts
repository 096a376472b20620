import { objects } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charges, monthly } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::Route53Resolver::ResolverEndpoint': (resource) => {
    const interfaces = objects(resource.properties, 'IpAddresses').length;
    const what = words(
      `Resolver endpoint, ${interfaces} interfaces`,
      `Resolver 엔드포인트, 인터페이스 ${interfaces}개`,
    );
    return [
      {
        ...monthly(resource, 'names', 'Resolver endpoint network interface', 'Route 53', what),
        quantity: interfaces,
        basis: 'hourly',
        ends: 'dismantled',
      },
    ];
  },
};
