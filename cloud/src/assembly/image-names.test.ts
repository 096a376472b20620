import { expect, test } from 'vitest';
import { ImageNames } from './image-names.ts';

test('an image is called by the public parameter, the mapping and the parameter that lead to it', () => {
  const names = new ImageNames();
  names.add('ami-1', '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base');
  names.add('30', '/cdk-bootstrap/hnb659fds/version');
  const body = {
    Mappings: { Images: { 'us-east-1': { RHEL9: 'ami-2', Port: '80' } } },
    Parameters: { Ami: { Type: 'String', Description: 'a Windows image' } },
  };
  const template = { body } as unknown as Parameters<typeof names.addTemplate>[0]['template'];
  names.addTemplate({ name: 'Web', template, file: '/web.yaml', dependsOn: [] }, { Ami: 'ami-1', Size: 'm5.large' });
  expect(names.all()).toEqual({
    'ami-1': ['/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base', 'Ami (a Windows image)'],
    'ami-2': ['Images.us-east-1.RHEL9'],
  });
});
