import { words } from '../../words.ts';
import { type Charges, monthly } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::Route53::HealthCheck': (resource) => [
    monthly(resource, 'names', 'basic health check, non-AWS endpoint', 'Route 53', words('health check', '상태 검사')),
  ],
};
