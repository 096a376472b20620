import { words } from '../../words.ts';
import { alike, type Charge, type Charges, free, type Tariff, used } from '../contract/charge.ts';

/** https://aws.amazon.com/api-gateway/pricing/ */
export const charges: Charges = {
  'AWS::ApiGatewayV2::Api': (resource, reading) => {
    if (resource.properties.ProtocolType === 'WEBSOCKET') {
      const item = 'WebSocket messages, first 1 billion';
      return [used(resource, 'gateway', item, 'API Gateway', reading.usage.requests)];
    }
    return [{ ...used(resource, 'gateway', '', '', reading.usage.requests / alike(resource, reading)), ...httpApi }];
  },
  'AWS::ApiGateway::RestApi': (resource, reading) => [
    { ...used(resource, 'gateway', '', '', reading.usage.requests / alike(resource, reading)), ...restApi },
  ],
  'AWS::ApiGatewayV2::Stage': free,
  'AWS::ApiGatewayV2::Route': free,
  'AWS::ApiGatewayV2::Integration': free,
  'AWS::ApiGatewayV2::Deployment': free,
  'AWS::ApiGateway::Resource': free,
  'AWS::ApiGateway::Method': free,
  'AWS::ApiGateway::Deployment': free,
  'AWS::ApiGateway::Account': free,
};

const httpApi: { what: Charge['what']; tariff: Tariff } = {
  what: words('HTTP API requests', 'HTTP API 요청'),
  tariff: {
    service: 'API Gateway',
    steps: [
      { upTo: 300_000_000, item: 'HTTP API requests, first 300 million' },
      { upTo: null, item: 'HTTP API requests, over 300 million' },
    ],
  },
};

/** The price beyond a thousand million is not in the data: such a bill is unknown, not cheap. */
const restApi: { what: Charge['what']; tariff: Tariff } = {
  what: words('REST API requests', 'REST API 요청'),
  tariff: {
    service: 'API Gateway',
    steps: [
      { upTo: 333_000_000, item: 'REST API requests, first 333 million' },
      { upTo: 1_000_000_000, item: 'REST API requests, next 667 million' },
      { upTo: null, item: 'REST API requests, over 1 billion' },
    ],
  },
};

export function httpApiCharge(requests: number): Charge {
  return { resource: null, heading: 'gateway', ...httpApi, quantity: requests, basis: 'used', ends: 'stopped' };
}
