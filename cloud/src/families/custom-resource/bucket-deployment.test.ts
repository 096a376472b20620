import { expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';
import { isDeployed, readBucketDeployment } from './bucket-deployment.ts';

test.each<[readonly string[], readonly string[], string, boolean]>([
  [[], [], 'index.html', true],
  [[], ['*.map'], 'js/app.js.map', false],
  [[], ['*.map'], 'js/app.js', true],
  [[], ['js/*'], 'js/deep/app.js', false],
  [['*.html'], ['*'], 'a/b.html', true],
  [['*.html'], ['*'], 'a/b.css', false],
  [['index.html'], [], 'other.html', true],
  [[], ['?.txt'], 'a.txt', false],
  [[], ['?.txt'], 'ab.txt', true],
  [[], ['[ab].txt'], 'b.txt', false],
  [[], ['[!ab].txt'], 'b.txt', true],
  [[], ['a+b(1).txt'], 'a+b(1).txt', false],
  [[], ['a.b'], 'axb', true],
])('with include %j and exclude %j, %s is deployed: %s', (include, exclude, file, deployed) => {
  expect(isDeployed({ include, exclude }, file)).toBe(deployed);
});

test('a deployment extracts and prunes unless it says otherwise, below a prefix without slashes at its ends', () => {
  const base = { SourceBucketNames: ['assets'], SourceObjectKeys: ['a.zip'], DestinationBucketName: 'site' };
  expect(readBucketDeployment(base)).toMatchObject({ prefix: '', extract: true, prune: true, bucket: 'site' });
  expect(
    readBucketDeployment({ ...base, DestinationBucketKeyPrefix: '/web/', Extract: 'false', Prune: 'false' }),
  ).toMatchObject({ prefix: 'web/', extract: false, prune: false });
  expect(readBucketDeployment({ ...base, SourceMarkers: [{ '<<x>>': 'y' }] }).sources).toEqual([
    { bucket: 'assets', key: 'a.zip', markers: { '<<x>>': 'y' } },
  ]);
});

const call = (service: string, action: string, parameters: object) =>
  JSON.stringify(JSON.stringify({ service, action, parameters, physicalResourceId: { id: 'x' } }));

test('calls that the region answers have their values; of others nothing is made up', async () => {
  const loaded = await loadTexts({
    'calls.yaml': `
Resources:
  Url: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/url, Type: String, Value: https://shop.example } }
  Caller: { Type: Custom::AWS, Properties: { ServiceToken: x, Create: ${call('STS', 'getCallerIdentity', {})} } }
  Read: { Type: Custom::AWS, DependsOn: Url, Properties: { ServiceToken: x, Create: ${call('SSM', 'GetParameterCommand', { Name: '/shop/url' })} } }
  Made: { Type: Custom::AWS, Properties: { ServiceToken: x, Create: ${call('EC2', 'allocateAddress', {})} } }
  Put: { Type: Custom::CDKBucketDeployment, Properties: { ServiceToken: x, SourceBucketNames: [a], SourceObjectKeys: [k.zip], DestinationBucketName: site } }
Outputs:
  Account: { Value: !GetAtt Caller.Account }
  Url: { Value: !GetAtt Read.Parameter.Value }
  Bucket: { Value: !GetAtt Put.DestinationBucketArn }
  Address: { Value: !GetAtt Made.PublicIp }
  User: { Value: !GetAtt Caller.UserId }
`,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const outputs = Object.fromEntries(loaded.value.stacks[0]!.outputs.map(({ name, value }) => [name, value]));
  expect(outputs).toEqual({ Account: '000000000000', Url: 'https://shop.example', Bucket: 'arn:aws:s3:::site' });
});
