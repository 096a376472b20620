import { listedParameters, listedSettings } from '@terrace/blueprint/settings/settings-list.fixture';
import { synthesizeVariant } from '@terrace/blueprint/synthesize-variant.fixture';
import { fidelityOfProperty, fidelityOfType } from '@terrace/cloud/validate/fidelity';
import { expect, test } from 'vitest';

const listed = Object.entries(listedSettings);
const acting = listed.filter(([, { region }]) => 'file' in region);
const regions = [...listed.map(([key, { region }]) => [key, region] as const), ...Object.entries(listedParameters)];
const idle = regions.flatMap(([key, region]) =>
  'because' in region ? region.properties.map((property) => [key, property] as const) : [],
);

test.each(acting)('what %s sets is said to act', (_key, { context, reaches }) => {
  const { resources } = synthesizeVariant(context);
  for (const [id, path] of reaches) {
    const type = resources[id]?.Type;
    const property = /^Properties\.(\w+)/.exec(path)?.[1];
    // Not of a certificate: the region's own authority signs one for the same name.
    if (type === undefined || property === undefined || type === 'AWS::CertificateManager::Certificate') continue;
    expect(fidelityOfProperty(type, property), `${type} ${property}`).toBe('real');
  }
});

test.each(idle)('what %s sets is not said to act: %s', (_key, property) => {
  const [type = '', name] = property.split('.');
  if (name === undefined) expect(fidelityOfType(type).fidelity).toBe('modelled');
  else expect(fidelityOfProperty(type, name)).toBe('modelled');
});
