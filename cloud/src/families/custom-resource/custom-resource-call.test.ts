import { describe, expect, test } from 'vitest';
import { customResourceCall } from './custom-resource-call.ts';

describe('the call of a custom resource', () => {
  test.each(['modifyVpcPeeringConnectionOptions', 'ModifyVpcPeeringConnectionOptionsCommand'])('%s', (action) => {
    const Create = JSON.stringify({ service: 'EC2', action, parameters: { VpcPeeringConnectionId: 'pcx-1' } });
    expect(customResourceCall({ Create })).toEqual({
      action: 'ModifyVpcPeeringConnectionOptions',
      parameters: { VpcPeeringConnectionId: 'pcx-1' },
    });
  });

  test.each([
    [{}],
    [{ Create: 'no JSON' }],
    [{ Create: '[]' }],
    [{ Create: '{"service":"EC2"}' }],
  ])('is none in %j', (properties) => {
    expect(customResourceCall(properties)).toBeUndefined();
  });
});
