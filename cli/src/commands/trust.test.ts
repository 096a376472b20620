import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { command } from './trust.ts';

test('trust names a certificate that is there, and says how to trust it in both languages', async () => {
  const directory = await mkdtemp(join(tmpdir(), "terrace trust's "));
  const before = process.cwd();
  process.chdir(directory);
  try {
    const shown = { en: '', ko: '' };
    let value: unknown;
    for (const language of ['en', 'ko'] as const) {
      const { terminal, said } = listeningTerminal({ language });
      expect(await command.run({ arguments: [], options: {}, terminal })).toBe(0);
      value = said.value;
      shown[language] = said.lines.join('\n');
    }
    const { certificate, fingerprint } = value as { certificate: string; fingerprint: string };
    const found = new X509Certificate(await readFile(certificate));
    expect(found.ca).toBe(true);
    expect(found.fingerprint256).toBe(fingerprint);
    const quoted = `'${certificate.replaceAll("'", `'\\''`)}'`;
    for (const text of Object.values(shown)) {
      for (const part of [
        fingerprint,
        `curl --cacert ${quoted}`,
        `NODE_EXTRA_CA_CERTS=${quoted}`,
        'certutil',
        'Firefox',
      ]) {
        expect(text).toContain(part);
      }
    }
    expect(shown.ko).toMatch(/신뢰/);
  } finally {
    process.chdir(before);
    await rm(directory, { recursive: true, force: true });
  }
});
