import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant } from './synthesize-variant.fixture.ts';

const installed = spawnSync('cfn-lint', ['--version']).status === 0;

/** cfn-lint is a Python program: this runs where it is installed. */
describe.skipIf(!installed)('cfn-lint', () => {
  test.each([
    ['the classroom', {}],
    ['production with everything turned on', everything],
  ])(
    'has nothing to say against %s',
    (_name, context) => {
      const { folder } = synthesizeVariant(context);
      const lint = spawnSync('cfn-lint', [`${folder}/*.template.json`], { encoding: 'utf8' });
      expect(lint.stdout + lint.stderr).toBe('');
      expect(lint.status).toBe(0);
    },
    60_000,
  );
});
