import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { failure, mistake, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { OpenRequest } from '@terrace/region/ingress/door';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../running/region-client.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'open [thing]',
  summary: words(
    'open the address of a load balancer or of a public instance in the browser, or print it',
    '로드 밸런서나 퍼블릭 인스턴스의 주소를 브라우저에서 열거나 출력',
  ),
  arguments: {
    thing: words(
      'a load balancer or an instance, with :PORT for one of several listeners (default the first that is open)',
      '로드 밸런서나 인스턴스. 리스너가 여럿이면 :포트를 붙임 (기본값: 공개된 첫 번째)',
    ),
  },
  options: [],
  examples: ['terrace open', 'terrace open Balancer', 'terrace open Web:8080 --json'],
  async run({ arguments: [thing], terminal }) {
    const request = thing === undefined ? success({ thing: null, port: null }) : readThing(thing);
    if (!request.ok) {
      terminal.mistakes(request.mistakes);
      return exitCode.mistake;
    }
    return askRegion<{ readonly url: string }>(terminal, '/open', request.value, ({ url }) => {
      openInBrowser(url, terminal);
      return { lines: () => url };
    });
  },
};

/** A name, and a port after its last colon. */
export function readThing(thing: string): Result<OpenRequest> {
  const [, name = thing, digits] = /^(.+):(\d+)$/.exec(thing) ?? [];
  if (digits === undefined) return success({ thing: name, port: null });
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? success({ thing: name, port }) : failure([noPort(thing)]);
}

export function noPort(thing: string) {
  return mistake(
    'WRONG_PORT',
    {},
    {
      cause: words(`“${thing}” names no port from 1 to 65535.`, `“${thing}”에 1부터 65535까지의 포트가 없습니다.`),
      next: words('write a name and a port, for example web/0:8080', '이름과 포트를 쓰세요. 예: web/0:8080'),
    },
  );
}

/** Where a person sits before one. */
function openInBrowser(address: string, terminal: Terminal): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (terminal.json || !process.stdin.isTTY || !(DISPLAY || WAYLAND_DISPLAY)) return;
  const program = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, 'xdg-open'))
    .find(isProgram);
  if (program === undefined) return;
  spawn(program, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
