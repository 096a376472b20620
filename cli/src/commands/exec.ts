import type { Duplex } from 'node:stream';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { openStream, SupervisorSilent } from '@terrace/region/control/client';
import type { ExecuteRequest } from '@terrace/region/control/protocol';
import { readSession, sessionWriter } from '@terrace/region/control/session';
import type { CommandDefinition } from '../command.ts';
import { notRunning, runningRegion } from '../running/region-client.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'exec <instance> [command...]',
  summary: words(
    'run a command in an instance, a shell if none is named (Session Manager on AWS)',
    '인스턴스에서 명령 실행, 명령이 없으면 셸 (AWS의 Session Manager)',
  ),
  arguments: {
    instance: words(
      'a member of a group (web/0) or another instance by its name',
      '그룹의 인스턴스(web/0)나 다른 인스턴스의 이름',
    ),
    command: words('after --: the command and its own options', '-- 뒤에 쓰는 명령과 그 옵션'),
  },
  options: [],
  examples: [
    'terrace exec web/0 -- ip address',
    'terrace exec was/0',
    'terrace exec web/1 --json -- cat /etc/nginx/nginx.conf',
  ],
  async run({ arguments: [instance = '', ...asked], terminal }) {
    const socket = await runningRegion();
    if (!socket) {
      terminal.mistakes([notRunning()]);
      return exitCode.mistake;
    }
    const interactive = process.stdin.isTTY && process.stdout.isTTY && !terminal.json;
    const request: ExecuteRequest = {
      instance,
      command: asked.length > 0 ? asked : ['/bin/bash', '-l'],
      terminal: interactive ? { rows: process.stdout.rows, columns: process.stdout.columns } : null,
    };
    return session(socket, request, terminal, interactive);
  },
};

/** Bytes of output that one JSON document may hold; both streams together. */
const maximumCollected = 8 * 1024 * 1024;

/** Writes to the user's stream, and reads no more from the region until that has taken it. */
function pass(bytes: Buffer, from: Duplex, to: NodeJS.WriteStream): void {
  if (to.write(bytes) || from.isPaused()) return;
  from.pause();
  to.once('drain', () => from.resume());
}

function tooMuchOutput(): Mistake {
  return mistake(
    'OUTPUT_TOO_LARGE',
    {},
    {
      cause: words(
        `The command wrote more than ${maximumCollected / 1024 / 1024} MiB, which is the most that --json shows; the command was ended.`,
        `명령이 --json으로 표시할 수 있는 최대 ${maximumCollected / 1024 / 1024}MiB보다 많이 출력했습니다. 명령을 종료했습니다.`,
      ),
      next: words(
        'Leave --json out: the output is then passed on as it comes.',
        '--json 없이 실행하세요. 그러면 출력을 나오는 대로 전달합니다.',
      ),
    },
  );
}

const cutOff = words(
  'The session was cut off; see .terrace/supervisor.log.',
  '세션이 끊겼습니다. .terrace/supervisor.log를 보세요.',
);

/** Bytes of input that may be under way to a command that does not read them. */
const mostInput = 1024 * 1024;

/** Resolves to the command's own exit status, as a shell has it. */
async function session(
  socket: string,
  request: ExecuteRequest,
  terminal: Terminal,
  interactive: boolean,
): Promise<number> {
  const stream = await openStream(socket, '/execute', request).catch((error: Error) => error);
  if (stream instanceof SupervisorSilent) {
    terminal.failure(stream.said[terminal.language]);
    return exitCode.failure;
  }
  if (stream instanceof Error) throw stream;
  const write = sessionWriter(stream);
  const collected = { out: [] as Buffer[], err: [] as Buffer[] };
  let bytesCollected = 0;
  let inputUnderWay = 0;
  let status: number = exitCode.failure;
  let refused = false;
  const refuse = (...mistakes: readonly Mistake[]) => {
    refused = true;
    status = exitCode.mistake;
    terminal.mistakes(mistakes);
    stream.destroy();
  };
  readSession(stream, {
    output: (channel, bytes) => {
      if (!terminal.json) return pass(bytes, stream, channel === 'out' ? process.stdout : process.stderr);
      bytesCollected += bytes.length;
      if (bytesCollected <= maximumCollected) collected[channel].push(Buffer.from(bytes));
      else if (!refused) refuse(tooMuchOutput());
    },
    ended: (code) => {
      status = code;
    },
    mistakes: (mistakes) => refuse(...mistakes),
    inputTaken: (bytes) => {
      inputUnderWay -= bytes;
      if (inputUnderWay <= mostInput) process.stdin.resume();
    },
  });
  stream.on('error', (error) => terminal.failure(`${cutOff[terminal.language]} (${error.message})`));
  if (interactive) process.stdin.setRawMode(true);
  if (interactive) process.stdout.on('resize', () => write.resized(process.stdout.rows, process.stdout.columns));
  process.stdin.on('data', (bytes: Buffer) => {
    write.input(bytes);
    inputUnderWay += bytes.length;
    if (inputUnderWay > mostInput) process.stdin.pause();
  });
  process.stdin.once('end', () => write.inputEnded());
  await new Promise<void>((resolve) => stream.once('close', resolve));
  if (interactive) process.stdin.setRawMode(false);
  process.stdin.destroy();
  if (terminal.json && !refused) {
    const output = Buffer.concat(collected.out).toString();
    const error = Buffer.concat(collected.err).toString();
    terminal.result({ status, output, error }, () => output);
  }
  return status;
}
