import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describeMistake, type Mistake, mistake } from '@terrace/cloud/mistake';
import { ignoredMistakes } from '@terrace/cloud/validate/fidelity';
import { type Language, type Words, words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { ApplyRequest, ControlEvent } from '@terrace/region/control/protocol';
import { controlSocket } from '@terrace/region/control/socket';
import { examine } from '@terrace/region/host/doctor';
import { missingPrograms } from '@terrace/region/host/programs';
import { existingToolkit } from '@terrace/region/host/toolkit';
import { launchSupervisor } from '@terrace/region/supervisor/launch-supervisor';
import type { RegionSummary } from '@terrace/region/supervisor/summary';
import type { CommandDefinition } from '../command.ts';
import { keepAllocations, loadProject, type ProjectOptions, projectOptions } from '../project.ts';
import { runningRegion, showAnswer, showEvent, stateDirectory } from '../region-client.ts';
import { exitCode, type Terminal } from '../terminal.ts';

export const command: CommandDefinition = {
  usage: 'up',
  summary: words('run the architecture on this machine', '이 컴퓨터에서 아키텍처 실행'),
  options: [
    ...projectOptions,
    { flags: '--detach', description: words('leave it running and return', '실행해 두고 바로 돌아오기') },
    {
      flags: '--port <port>',
      description: words('port on 127.0.0.1 for the application', '애플리케이션에 쓸 127.0.0.1 포트'),
    },
    {
      flags: '--strict',
      description: words('refuse a template with types that are ignored', '무시되는 리소스가 있으면 거부'),
    },
  ],
  examples: ['terrace up', 'terrace up --detach --json', 'terrace up --template network.yaml --template service.yaml'],
  async run({ options, terminal }) {
    const start = performance.now();
    const port = portOption(options.port);
    const running = await runningRegion();
    const before = [
      ...(port === undefined ? [portOutOfRange()] : []),
      ...(running === undefined ? await machineMistakes(port ?? 0) : []),
    ];
    if (before.length > 0) return mistaken(terminal, before);

    const loaded = await loadProject(options as ProjectOptions);
    if (!loaded.ok) return mistaken(terminal, loaded.mistakes);
    const refused = options.strict === true ? ignoredMistakes(loaded.value) : [];
    if (refused.length > 0) return mistaken(terminal, refused);
    const ready = performance.now();

    const detached = options.detach === true || running !== undefined;
    const socket = running ?? controlSocket(stateDirectory());
    const child =
      running === undefined
        ? await launchSupervisor({ stateDirectory: stateDirectory(), socket, detached })
        : undefined;
    const stop = () => call(socket, '/stop', {}).catch(() => undefined);
    if (!detached) stopWhenInterrupted(stop);
    const request: ApplyRequest = {
      inventory: loaded.value,
      port: port ?? 0,
      authorizer: import.meta.resolve('@terrace/lenses/access/authorizer'),
    };
    const answer = await call(socket, '/apply', request, (event) => showEvent(terminal, event));
    if (answer.kind === 'result') await keepAllocations(loaded.value);
    else if (running === undefined) await stop();
    const code = showAnswer<RegionSummary>(terminal, withTimings(answer, start, ready), (summary) => ({
      lines: () => report(summary, detached)[terminal.language],
      exitCode: summary.failures.length > 0 ? exitCode.failure : exitCode.answered,
    }));
    if (answer.kind === 'result' && child && !detached) await ended(child);
    return code;
  },
};

function mistaken(terminal: Terminal, mistakes: readonly Mistake[]): number {
  terminal.mistakes(mistakes);
  return exitCode.mistake;
}

/** What keeps this machine from running a region, found out before anything is started. */
async function machineMistakes(port: number): Promise<Mistake[]> {
  const quick = process.platform === 'linux' && missingPrograms(existingToolkit()).length === 0;
  const findings = quick && process.getuid?.() === 0 ? [] : await examine(stateDirectory());
  const mistakes = findings
    .filter((each) => each.verdict === 'no')
    .map((each) =>
      mistake(
        `MACHINE_${each.code}`,
        {},
        { cause: each.found, next: each.next ?? words('see terrace doctor', 'terrace doctor를 실행해 보세요') },
      ),
    );
  return port !== 0 && (await isTaken(port)) ? [...mistakes, portTaken(port)] : mistakes;
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect({ host: '127.0.0.1', port });
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(true);
    });
    attempt.once('error', () => resolve(false));
  });
}

function portOption(value: unknown): number | undefined {
  if (value === undefined) return 0;
  const port = Number(value);
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? port : undefined;
}

function portOutOfRange(): Mistake {
  return mistake(
    'OPTION_OUT_OF_RANGE',
    {},
    {
      cause: words('--port takes a whole number from 1 to 65535.', '--port는 1부터 65535까지의 정수입니다.'),
      next: words(
        'for example --port 8080, or leave it out for any free port',
        '예: --port 8080. 생략하면 비어 있는 포트를 씁니다',
      ),
    },
  );
}

function portTaken(port: number): Mistake {
  return mistake(
    'PORT_IN_USE',
    {},
    {
      cause: words(
        `Something on this machine listens on port ${port} already.`,
        `이 컴퓨터에서 이미 ${port} 포트를 쓰는 프로그램이 있습니다.`,
      ),
      next: words(
        'choose another with --port, or leave it out for any free one',
        '--port로 다른 포트를 고르거나 생략하세요. 생략하면 비어 있는 포트를 씁니다',
      ),
    },
  );
}

/** The region ends with Ctrl-C. */
function stopWhenInterrupted(stop: () => Promise<unknown>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What the command itself took, before the region's own laps: reading the project, and synthesizing it where it is an app. */
function withTimings(answer: ControlEvent, start: number, ready: number): ControlEvent {
  if (answer.kind !== 'result') return answer;
  const summary = answer.value as RegionSummary;
  const timings = {
    project: Math.round(ready - start),
    ...summary.timings,
    total: Math.round(performance.now() - start),
  };
  return { kind: 'result', value: { ...summary, timings } };
}

function report(summary: RegionSummary, detached: boolean): Record<Language, string[]> {
  const each = (language: Language) => [
    ...summary.failures.map((failure) => describeMistake(failure, language)),
    fidelityLine(summary)[language],
    ...summary.instances.map(
      ({ name, zone, address, state }) => `  ${name.padEnd(10)} ${zone} ${address.padEnd(15)} ${state}`,
    ),
    ...summary.doors.map(({ name, url }) => `  ${name}: ${url}`),
    timingLine(summary)[language],
    (detached ? stillRuns : endsHere)[language],
  ];
  return { en: each('en'), ko: each('ko') };
}

const stillRuns = words(
  'The region runs on; terrace down ends it.',
  '리전이 계속 실행됩니다. 끝내려면 terrace down을 실행하세요.',
);
const endsHere = words('Ctrl-C ends the region.', 'Ctrl-C를 누르면 리전이 끝납니다.');

function fidelityLine({ resources }: RegionSummary): Words {
  const count = (kind: keyof RegionSummary['resources']) =>
    Object.values(resources[kind]).reduce((sum, each) => sum + each, 0);
  const ignored = Object.keys(resources.ignored).join(', ');
  return words(
    `${count('real')} resources act, ${count('modelled')} are answered for by lenses only, ${count('ignored')} are not carried out${ignored ? `: ${ignored}` : ''}`,
    `실제로 동작하는 리소스 ${count('real')}개, 분석에만 쓰이는 리소스 ${count('modelled')}개, 실행하지 않는 리소스 ${count('ignored')}개${ignored ? `: ${ignored}` : ''}`,
  );
}

function timingLine({ timings }: RegionSummary): Words {
  const seconds = Object.entries(timings).map(
    ([name, milliseconds]) => `${name} ${(milliseconds / 1000).toFixed(1)} s`,
  );
  return words(`took: ${seconds.join(', ')}`, `걸린 시간: ${seconds.join(', ')}`);
}
