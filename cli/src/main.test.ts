import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { controlSocket } from '@terrace/region/control/socket';
import { expect, onTestFinished, test } from 'vitest';

const command = fileURLToPath(new URL('../bin/terrace.js', import.meta.url));

/** The command as it is built: `npm run build` comes before it. */
test.each([
  ['en', 'it is no mistake of yours'],
  ['ko', '예상하지 못한 실패입니다'],
])(
  'what nobody foresaw is told as that, in %s, with its stack',
  async (language, sentence) => {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'terrace-unforeseen-')));
    const nonsense = createServer((_request, response) => response.end('no JSON\n'));
    nonsense.listen(controlSocket(join(directory, '.terrace')));
    await once(nonsense, 'listening');
    onTestFinished(() => {
      nonsense.close();
      rmSync(directory, { recursive: true });
    });
    const run = await new Promise<{ code: unknown; said: string }>((resolve) =>
      execFile(process.execPath, [command, 'status', '--language', language], { cwd: directory }, (error, _out, said) =>
        resolve({ code: error?.code, said }),
      ),
    );
    expect(run.code).toBe(3);
    expect(run.said).toContain(sentence);
    expect(run.said).toMatch(/SyntaxError.*\n +at /);
  },
  60_000,
);
