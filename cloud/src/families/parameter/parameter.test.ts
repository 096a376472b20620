import { expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';
import { secretsView } from '../../views/secrets.ts';

test.each([
  ['a text', 'info', 'info'],
  ['a number', '8', '8'],
  ['a boolean', 'true', 'true'],
])('%s is the same to Fn::GetAtt and to the region', async (_, written, value) => {
  const loaded = await loadTexts({
    'template.yaml': `
Resources:
  Level: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: ${written}}}
`,
  });
  if (!loaded.ok) throw new Error(loaded.mistakes.map((each) => each.cause.en).join('\n'));
  const [level] = loaded.value.resources;
  expect(level?.attributes).toMatchObject({ Type: 'String', Value: value });
  expect(secretsView(loaded.value).parameters).toMatchObject([{ type: 'String', value }]);
});
