import { expect, test } from 'vitest';
import { type Flow, probe } from './probe.ts';

test('a probe from where nobody is any more says so, and harms nobody who asked', async () => {
  // More than a pipe takes at once: whoever reads nothing of it is written to when it has ended.
  const flows = Array.from({ length: 50_000 }, (_, port): Flow => ({ to: '10.0.0.1', port, protocol: 'tcp' }));
  await expect(probe('nowhere', flows, 100)).rejects.toThrow(/nowhere/);
});
