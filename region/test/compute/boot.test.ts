import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one', 'two', 'three', 'four']);
});
afterAll(() => yard[Symbol.asyncDispose]());

const web = `#!/bin/bash
set -euo pipefail
dnf install -y nginx
echo "<h1>served by $(hostname)</h1>" >/usr/share/nginx/html/index.html
systemctl enable --now nginx
`;

describe('an instance', () => {
  test('boots nginx by user data and serves its page', async () => {
    await yard.launch({ id: 'i-web', network: 'one', userData: web });
    const result = await yard.userData('i-web');
    expect(result, JSON.stringify(await yard.journal('i-web'))).toMatchObject({ outcome: 'succeeded' });
    const page = await yard.exec('i-web', ['curl', '-s', 'http://127.0.0.1/']);
    expect(page).toMatchObject({ code: 0, out: '<h1>served by i-web.internal</h1>\n' });
  });
});
