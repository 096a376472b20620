import { words } from '../../words.ts';
import { type Charges, monthly } from '../contract/charge.ts';
import { isAdvanced } from './parameter.ts';

export const charges: Charges = {
  'AWS::SSM::Parameter': (resource) =>
    isAdvanced(resource.properties)
      ? [
          monthly(
            resource,
            'other',
            'advanced parameter',
            'Systems Manager',
            words('advanced parameter', '고급 파라미터'),
          ),
        ]
      : [],
};
