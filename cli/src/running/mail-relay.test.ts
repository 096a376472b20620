import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail } from '@terrace/region/notifications/mailbox';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { passOn, readMailServer } from './mail-relay.ts';

function mail(number: number, subject: string): Mail {
  return {
    number,
    at: '2026-11-29T15:00:00.000Z',
    from: 'Alerts <no-reply@sns.amazonaws.com>',
    to: 'ops@example.com',
    subject,
    text: 'You are receiving this.\n.\n한국어\n',
    topic: 'arn:aws:sns:ap-northeast-2:123456789012:alerts',
  };
}

const folder = mkdtempSync(join(tmpdir(), 'terrace-mail-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a mail server', () => {
  let server: SMTPServer;
  let port: number;
  let received: string[];
  let refuses: string;
  beforeEach(async () => {
    received = [];
    refuses = '';
    server = new SMTPServer({
      authOptional: true,
      onData(stream, session, done) {
        let text = '';
        stream.setEncoding('utf8').on('data', (more: string) => {
          text += more;
        });
        stream.on('end', () => {
          if (refuses !== '' && text.includes(refuses)) return done(new Error('mailbox is full'));
          received.push(`${session.envelope.rcptTo.map(({ address }) => address).join()} ${text}`);
          done();
        });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    port = (listening.address() as AddressInfo).port;
  });
  afterEach(() => new Promise<void>((done) => server.close(done)));

  test('has every mail once, in their order, as they were sent', async () => {
    const at = { host: '127.0.0.1', port };
    expect(await passOn([mail(1, 'ALARM: one'), mail(2, 'two')], at, folder)).toMatchObject({ ok: true, value: 2 });
    expect(await passOn([mail(1, 'ALARM: one'), mail(2, 'two'), mail(3, 'three')], at, folder)).toMatchObject({
      ok: true,
      value: 1,
    });
    expect(received.map((each) => /Subject: (.*)\r/.exec(each)?.[1])).toEqual(['ALARM: one', 'two', 'three']);
    expect(received[0]).toMatch(/^ops@example\.com /);
    expect(received[0]).toContain('From: Alerts <no-reply@sns.amazonaws.com>');
    expect(received[0]).toContain('Date: Sun, 29 Nov 2026 15:00:00 +0000');
  });

  test('that refuses one has those before it, and that one the next time', async () => {
    const at = { host: '127.0.0.1', port };
    refuses = 'two';
    const refused = await passOn([mail(1, 'one'), mail(2, 'two'), mail(3, 'three')], at, folder);
    expect(refused).toMatchObject({ ok: false, mistakes: [{ code: 'MAIL_SERVER_FAILED' }] });
    expect(JSON.stringify(refused)).toMatch(/took 1 of 3 mails.*mailbox is full/);
    refuses = '';
    expect(await passOn([mail(1, 'one'), mail(2, 'two'), mail(3, 'three')], at, folder)).toMatchObject({ value: 2 });
  });

  test('that is not there is named', async () => {
    await new Promise<void>((done) => server.close(done));
    const answer = await passOn([mail(1, 'one')], { host: '127.0.0.1', port }, folder);
    expect(JSON.stringify(answer)).toMatch(new RegExp(`127\\.0\\.0\\.1:${port} took 0 of 1 mails.*ECONNREFUSED`));
  });
});

describe('--smtp', () => {
  test.each([
    ['localhost', { host: 'localhost', port: 25 }],
    ['mail.example.com:2525', { host: 'mail.example.com', port: 2525 }],
    ['[::1]:1025', { host: '::1', port: 1025 }],
  ])('%s', (given, server) => {
    expect(readMailServer(given)).toMatchObject({ ok: true, value: server });
  });

  test.each([
    '',
    'localhost:',
    'localhost:0',
    'localhost:70000',
    'smtp://localhost',
    'a b',
  ])('refuses “%s”', (given) => {
    expect(readMailServer(given)).toMatchObject({ ok: false, mistakes: [{ code: 'MAIL_SERVER_UNREADABLE' }] });
  });
});
