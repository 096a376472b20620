import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import { intentsOf } from './intents.ts';

async function read(intents: unknown) {
  const loaded = await loadTexts({
    'stack.json': JSON.stringify({
      Metadata: { 'Terrace::Intents': intents },
      Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
    }),
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return intentsOf(loaded.value);
}

const good = {
  id: 'web-to-was',
  verdict: 'allow',
  from: ['web'],
  to: 'was',
  protocol: 'tcp',
  ports: 8080,
  reason: { en: 'why', ko: '왜' },
};

describe('intents', () => {
  test('are read from a template’s metadata', async () => {
    const found = await read([good]);
    expect(found).toMatchObject({
      ok: true,
      value: [
        {
          id: 'web-to-was',
          from: ['web'],
          to: ['was'],
          ports: '8080',
          reason: { ko: '왜' },
          place: { file: 'stack.json' },
        },
      ],
    });
  });

  test('without protocol and ports are about every TCP port', async () => {
    expect(await read([{ id: 'x', verdict: 'forbid', from: 'internet', to: 'was' }])).toMatchObject({
      ok: true,
      value: [{ protocol: 'tcp', ports: 'all', reason: null }],
    });
  });

  test.each([
    ['not a list', { id: 'x' }, 'INVALID_INTENT'],
    ['without an id', [{ ...good, id: '' }], 'INVALID_INTENT'],
    ['with a verdict of its own', [{ ...good, verdict: 'maybe' }], 'INVALID_INTENT'],
    ['from nobody', [{ ...good, from: [] }], 'INVALID_INTENT'],
    ['given twice', [good, good], 'DUPLICATE_INTENT'],
  ])('%s are a mistake', async (_, intents, code) => {
    const found = await read(intents);
    expect(found.ok ? [] : found.mistakes.map((each) => each.code)).toEqual([code]);
  });
});
