import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Incident, incidentText } from '../incident.ts';
import { AccessLogFile } from './access-log-file.ts';

test('lines that a full disk does not take wait for the next file, and nobody hears an error', async () => {
  const published: string[] = [];
  const incidents: Incident[] = [];
  let isFull = true;
  const file = new AccessLogFile(
    async ({ body }) => {
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      published.push(gunzipSync(body).toString());
    },
    (incident) => incidents.push(incident),
  );
  file.add('first');
  await expect(file.publish(Date.now())).rejects.toThrow('ENOSPC');
  file.add('second');
  await file[Symbol.asyncDispose]();
  expect(incidents.map(incidentText)).toEqual([
    'access log: the disk is full: Access logs of load balancers are not published; the last lines wait.',
  ]);
  isFull = false;
  await file[Symbol.asyncDispose]();
  expect(published).toEqual(['first\nsecond\n']);
});
