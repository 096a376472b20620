import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { writeWhole } from '@terrace/region/keeping/write-whole';
import type { Mail } from '@terrace/region/notifications/mailbox';

/** A mail server as `--smtp` names it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
}

/** Milliseconds that a mail server has to answer. */
const patience = 10_000;

/** `HOST` or `HOST:PORT`; without a port 25. Mistake: `MAIL_SERVER_UNREADABLE`. */
export function readMailServer(given: string): Result<MailServer> {
  const found = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(given);
  const port = Number(found?.[2] ?? 25);
  if (found && port >= 1 && port <= 65_535) return success({ host: found[1]!.replace(/^\[|\]$/g, ''), port });
  return failure([
    mistake(
      'MAIL_SERVER_UNREADABLE',
      { path: '--smtp' },
      {
        cause: words(`“${given}” names no mail server.`, `“${given}”{은/는} 메일 서버의 이름이 아닙니다.`),
        next: words('for example --smtp localhost:1025', '예: --smtp localhost:1025'),
      },
    ),
  ]);
}

/**
 * Passes mails on to a server, those that it has not had before, the earliest first. Which it has had is kept beside the mails.
 * Mistake: `MAIL_SERVER_FAILED`; what was passed on until then stays so.
 *
 * @returns how many were passed on
 */
export async function passOn(mails: readonly Mail[], server: MailServer, folder: string): Promise<Result<number>> {
  const file = join(folder, `passed-on-${server.host.replaceAll(':', '-')}-${server.port}.json`);
  const last = lastPassed(file);
  const waiting = mails.filter(({ number }) => number > last);
  // Read when it is needed: other commands start without it.
  const { createTransport } = await import('nodemailer');
  const isLoopback = /^(localhost|127\.|::1$)/.test(server.host);
  const transport = createTransport({
    ...server,
    // A server on this machine shows a certificate that nobody has signed.
    ignoreTLS: isLoopback,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  });
  let passed = 0;
  try {
    for (const { number, at, from, to, subject, text } of waiting) {
      await transport.sendMail({ from, to, subject, text, date: new Date(at) });
      await writeWhole(file, JSON.stringify({ last: number }));
      passed++;
    }
    return success(passed);
  } catch (error) {
    return failure([serverFailed(server, passed, waiting.length, error as Error)]);
  } finally {
    transport.close();
  }
}

/** 0 where nothing was passed on, or nobody can read how much. */
function lastPassed(file: string): number {
  try {
    return Number((JSON.parse(readFileSync(file, 'utf8')) as { last?: unknown }).last) || 0;
  } catch {
    return 0;
  }
}

function serverFailed({ host, port }: MailServer, passed: number, waiting: number, error: Error): Mistake {
  return mistake(
    'MAIL_SERVER_FAILED',
    { path: '--smtp' },
    {
      cause: words(
        `The mail server ${host}:${port} took ${passed} of ${waiting} mails: ${error.message}`,
        `메일 서버 ${host}:${port}{이/가} 메일 ${waiting}통 중 ${passed}통을 받았습니다: ${error.message}`,
      ),
      next: words(
        'start the server, or name another; what it took is not sent again',
        '메일 서버를 시작하거나 다른 서버를 지정하세요. 이미 받은 메일은 다시 보내지 않습니다',
      ),
    },
  );
}
