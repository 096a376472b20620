import { type Words, words } from '@terrace/cloud/words';
import type { Connection } from './connection.ts';
import type { Question } from './guest.ts';
import type { Trouble, Troubles } from './trouble.ts';

/** Longer than this is shown cut: it comes from inside of an instance. */
const longest = 300;

/**
 * A program of an instance that says that it failed: `aws` and kin themselves, `curl` and kin by `guest/watch.pl`. An instance may say anything here;
 * it is shown as its own failure and nothing else comes of it.
 */
export function takeReport({ words: said }: Pick<Question, 'words'>, troubles: Troubles): number {
  const [kind = '', ...rest] = said.map((word) => word.slice(0, longest));
  if (kind === 'download') {
    const [command = '', code = '', host = '', port = '', address = ''] = rest;
    if (code === '0') troubles.resolve(command);
    else if (!isOwn(host, address))
      troubles.add(download(command, Number(code), { host, port: Number(port), address }));
    return 0;
  }
  if (kind !== 'aws-call') return 1;
  const [command = '', code = '', cause = ''] = rest;
  if (code === '0') troubles.resolve(command);
  else troubles.add({ kind, command, cause: words(cause, cause), unreached: null });
  return 0;
}

/** The instance itself, whose own services a script asks until they answer. */
function isOwn(host: string, address: string): boolean {
  return host === 'localhost' || address.startsWith('127.') || address === '169.254.169.254';
}

function download(
  command: string,
  code: number,
  { host, port, address }: { readonly host: string; readonly port: number; readonly address: string },
): Trouble {
  const program = command.split(' ')[0] ?? '';
  const outcome = outcomeOf(program, code, address);
  const isFar = host !== '' && Number.isInteger(port) && ['timed-out', 'refused', 'no-name'].includes(outcome);
  return {
    kind: 'download',
    command,
    cause: program === 'curl' ? (curlCauses[code] ?? endedWith(code)) : outcomeCause(outcome, code),
    unreached: isFar ? { host, port, address: address === '' ? null : address, outcome } : null,
  };
}

function outcomeOf(program: string, code: number, address: string): Connection['outcome'] {
  if (program === 'curl') return ({ 6: 'no-name', 7: 'refused', 28: 'timed-out' } as const)[code] ?? 'connected';
  if (program === 'wget' && code === 4) return address === '' ? 'no-name' : 'timed-out';
  return 'connected';
}

function outcomeCause(outcome: Connection['outcome'], code: number): Words {
  if (outcome === 'no-name') return curlCauses[6]!;
  if (outcome === 'timed-out') return curlCauses[7]!;
  return endedWith(code);
}

function endedWith(code: number): Words {
  return words(`it ended with ${code}`, `${code}{으로/로} 끝났습니다`);
}

/** https://curl.se/docs/manpage.html#EXIT */
const curlCauses: Readonly<Record<number, Words>> = {
  6: words('the name did not resolve', '이름을 찾지 못했습니다'),
  7: words('no connection came about', '연결하지 못했습니다'),
  22: words('the server answered with an error', '서버가 오류로 응답했습니다'),
  28: words('nobody answered in time', '제한 시간 안에 응답이 없었습니다'),
  35: words('the TLS handshake failed', 'TLS 핸드셰이크가 실패했습니다'),
  60: words('the certificate is not trusted', '인증서를 신뢰할 수 없습니다'),
};
