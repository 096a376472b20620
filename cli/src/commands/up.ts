import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { givenToOthers } from '@terrace/cloud/allocate/members';
import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Mistake, mistake, type Result } from '@terrace/cloud/mistake';
import { ignoredMistakes } from '@terrace/cloud/validate/fidelity';
import { words } from '@terrace/cloud/words';
import { topicPublishers } from '@terrace/lenses/access/evaluation/publishers';
import { call } from '@terrace/region/control/client';
import type { ApplyRequest, ControlEvent } from '@terrace/region/control/protocol';
import { controlSocket } from '@terrace/region/control/socket';
import { buildsOf, packedOrBuilt } from '@terrace/region/host/built';
import { outline } from '@terrace/region/outline';
import { doorsIn } from '@terrace/region/supervisor/doors';
import { launchSupervisor } from '@terrace/region/supervisor/launch-supervisor';
import { type RegionSummary, unableIn } from '@terrace/region/supervisor/summary';
import { mistakesOf, port, wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { loadProject, type ProjectOptions, projectOptions } from '../project/project.ts';
import { readSettings } from '../project/project-settings.ts';
import { watchFolder } from '../project/watch.ts';
import { beforeChange } from '../running/data-at-risk.ts';
import { fetchServers } from '../running/fetch-servers.ts';
import { diskMistakes, machineMistakes } from '../running/machine-mistakes.ts';
import { presentInventory } from '../running/present.ts';
import { runningRegion, showAnswer, showEvent, stateDirectory } from '../running/region-client.ts';
import { Silence } from '../running/silence.ts';
import { unableLines, upReport } from '../running/up-report.ts';
import { whyNoAnswer } from '../running/why-no-answer.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'up',
  summary: words('run the architecture on this machine', '이 컴퓨터에서 아키텍처 실행'),
  options: [
    ...projectOptions,
    { flags: '--detach', description: words('leave it running and return', '실행해 두고 바로 돌아오기') },
    {
      flags: '--port <port>',
      description: words(
        'port on 127.0.0.1 for the application (default any free one)',
        '애플리케이션에 쓸 127.0.0.1 포트 (기본값: 비어 있는 포트)',
      ),
    },
    {
      flags: '--speed <times>',
      description: words(
        "how many times as fast as the wall's the region's clock runs, up to 3600 (default: as it does, at first 1)",
        '로컬 리전의 시계가 가는 배속, 최대 3600 (기본값: 그대로, 처음에는 1)',
      ),
    },
    { flags: '--watch', description: words('apply every change that is saved', '저장할 때마다 변경 반영') },
    {
      flags: '--strict',
      description: words('refuse a template with types that are ignored', '무시되는 리소스가 있으면 거부'),
    },
    {
      flags: '--timeout <seconds>',
      description: words(
        'how long instances, signals and the first answer are waited for (default as long as AWS waits)',
        '인스턴스, 신호, 첫 응답을 기다리는 시간(초) (기본값: AWS와 같음)',
      ),
    },
    {
      flags: '--yes',
      description: words('go on without asking where a change loses data', '변경으로 데이터를 잃더라도 묻지 않고 계속'),
    },
    {
      flags: '--no-rollback',
      description: words(
        'keep what was made where a creation policy is not met',
        '생성 정책(CreationPolicy)을 채우지 못해도 되돌리지 않고 유지',
      ),
    },
  ],
  examples: ['terrace up', 'terrace up --detach --json', 'terrace up --template network.yaml --template service.yaml'],
  async run({ options, terminal }) {
    const start = performance.now();
    const asked = port(options.port, 0, anyFreePort);
    const speed = wholeNumber('--speed', options.speed, { least: 1, most: 3600, otherwise: 1, example: 60 });
    const timeout = wholeNumber('--timeout', options.timeout, { least: 1, most: 86_400, otherwise: 0, example: 600 });
    const running = await runningRegion();
    const full = diskMistakes(stateDirectory());
    const before = [
      ...mistakesOf([asked, speed, timeout]),
      ...full,
      ...(running === undefined && full.length === 0
        ? await machineMistakes(stateDirectory(), asked.ok ? asked.value : 0)
        : []),
    ];
    if (!asked.ok || !speed.ok || !timeout.ok || before.length > 0) return mistaken(terminal, before);

    const load = async () => loadForUp(options, await presentInventory());
    const present = await presentInventory();
    const loaded = await loadForUp(options, present);
    if (!loaded.ok) return mistaken(terminal, loaded.mistakes);
    if (asked.value !== 0 && doorsIn(outline(loaded.value)).length === 0)
      return mistaken(terminal, [portNotUsed(asked.value)]);
    const may = present ? await beforeChange(terminal, present, loaded.value, options.yes === true) : 'begin';
    if (may !== 'begin') return may;
    await fetchServers(loaded.value, terminal);
    const ready = performance.now();
    for (const line of unableLines({ unable: unableIn(loaded.value) }, terminal.language))
      terminal.note({ en: line, ko: line });

    const detached = options.detach === true || running !== undefined;
    const socket = running ?? controlSocket(stateDirectory());
    // Before the launch: whoever presses Ctrl-C from then on leaves nothing behind.
    const stop = () =>
      launched.then((child) => (isOver(child) ? undefined : call(socket, '/stop', {}))).catch(() => undefined);
    const interruption = running === undefined ? stopWhenInterrupted(stop) : new AbortController().signal;
    const release = running === undefined ? () => undefined : goesOnWhenInterrupted(terminal);
    const launched = running === undefined ? launch(socket, detached) : Promise.resolve(undefined);
    const child = await launched;
    const apply = async (inventory: Inventory, began: number, read: number) =>
      applyInventory(
        terminal,
        socket,
        {
          inventory,
          port: asked.value,
          keepsUnconfirmed: options.rollback === false,
          timeout: options.timeout === undefined ? null : timeout.value * 1000,
          speed: options.speed === undefined ? null : speed.value,
          ...(await regionSettings()),
        },
        { began, read, runsOn: () => detached || isOver(child), interruption },
      );
    const { code, stands } = await apply(loaded.value, start, ready);
    release();
    // What could not come up is not left behind.
    if (!stands && running === undefined) await stop();
    const stays = options.watch === true || (child && !detached && stands);
    if (!stays) return code;
    const over = new AbortController();
    if (options.watch === true) {
      terminal.note(words('watching for changes', '변경을 기다립니다'));
      const begin = async (inventory: Inventory) => {
        const now = await presentInventory();
        return now === undefined || (await beforeChange(terminal, now, inventory, options.yes === true)) === 'begin';
      };
      watchFolder(process.cwd(), over.signal, changes(terminal, load, { begin, apply }, loaded));
    }
    await (child ? ended(child) : untilInterrupted());
    over.abort();
    if (child) terminal.note(interruption.aborted ? down : endedElsewhere);
    return code;
  },
};

/**
 * What was saved becomes the region's, or is said to be wrong while the region stays as it is. What says the same as before is passed over:
 * a file that has nothing to do with the template, such as this command's own output.
 */
function changes(
  terminal: Terminal,
  load: () => Promise<Result<Inventory>>,
  {
    begin,
    apply,
  }: {
    readonly begin: (inventory: Inventory) => Promise<boolean>;
    readonly apply: (inventory: Inventory, began: number, read: number) => Promise<unknown>;
  },
  first: Result<Inventory>,
): () => Promise<void> {
  let last = whatItSays(first);
  return async () => {
    const began = performance.now();
    const loaded = await load();
    const now = whatItSays(loaded);
    if (now === last) return;
    last = now;
    if (!loaded.ok) terminal.mistakes(loaded.mistakes);
    else if (await begin(loaded.value)) await apply(loaded.value, began, performance.now());
  };
}

/** What members of groups were given is the region's own, and changes without anything being saved. */
function whatItSays(loaded: Result<Inventory>): string {
  if (!loaded.ok) return JSON.stringify(loaded);
  const allocations = givenToOthers(loaded.value.allocations);
  return JSON.stringify({ ...loaded, value: { ...loaded.value, allocations } });
}

/** As `terrace.json` has it, whose mistakes were found when the project was loaded. */
async function regionSettings(): Promise<Pick<ApplyRequest, 'patience' | 'vcpuQuota'>> {
  const { patience, vcpuQuota } = await readSettings(process.cwd(), []);
  return { patience: { server: patience.server * 1000, standby: patience.standby * 1000 }, vcpuQuota };
}

async function loadForUp(
  options: Readonly<Record<string, unknown>>,
  present: Inventory | undefined,
): Promise<Result<Inventory>> {
  const loaded = await loadProject(options as ProjectOptions, process.cwd(), present);
  const refused = loaded.ok && options.strict === true ? ignoredMistakes(loaded.value) : [];
  return refused.length > 0 ? failure(refused) : loaded;
}

function launch(socket: string, detached: boolean): Promise<ChildProcess> {
  return launchSupervisor({ stateDirectory: stateDirectory(), socket, detached });
}

async function applyInventory(
  terminal: Terminal,
  socket: string,
  request: Omit<ApplyRequest, 'authorizer' | 'explainer' | 'publishers'>,
  told: {
    readonly began: number;
    readonly read: number;
    readonly runsOn: () => boolean;
    readonly interruption: AbortSignal;
  },
): Promise<{ readonly code: number; readonly stands: boolean }> {
  const lens = (name: string) => packedOrBuilt(new URL(import.meta.resolve(name)), buildsOf('cloud', 'lenses')).href;
  const authorizer = lens('@terrace/lenses/access/evaluation/authorizer');
  const explainer = lens('@terrace/lenses/reach/ask/unreached');
  using silence = new Silence(terminal);
  const show = (event: ControlEvent) => {
    if (told.interruption.aborted) return;
    silence.broken(event);
    showEvent(terminal, event);
  };
  const publishers = topicPublishers(request.inventory);
  const answer = await call(socket, '/apply', { ...request, authorizer, explainer, publishers }, show).catch(
    (error: Error) => error,
  );
  if (told.interruption.aborted) {
    terminal.failure(interrupted[terminal.language]);
    return { code: exitCode.failure, stands: false };
  }
  if (answer instanceof Error) throw answer;
  const code = showAnswer<RegionSummary>(terminal, withTimings(answer, told.began, told.read), (summary) => ({
    lines: () => [
      ...upReport(summary, told.runsOn(), terminal.language),
      ...(isWithoutAnswer(summary)
        ? whyNoAnswer(request.inventory, summary).map((each) => each[terminal.language])
        : []),
    ],
    exitCode: summary.failures.length > 0 ? exitCode.failure : actsAtAll(summary) ? exitCode.answered : exitCode.no,
  }));
  return { code, stands: answer.kind === 'result' };
}

/** Whether any resource of the template acts here: otherwise nothing was tried by bringing it up. */
function actsAtAll({ resources }: RegionSummary): boolean {
  return Object.keys(resources.real).length > 0;
}

/** Something failed, and the page has not answered. */
function isWithoutAnswer({ app, failures, timings }: RegionSummary): boolean {
  return app !== null && failures.length > 0 && timings.firstAnswer === undefined;
}

function mistaken(terminal: Terminal, mistakes: readonly Mistake[]): number {
  terminal.mistakes(mistakes);
  return exitCode.mistake;
}

const anyFreePort = {
  example: 8080,
  leftOut: words('any free port is taken', '비어 있는 포트를 씁니다'),
};

/** A port that nothing would answer at is not taken in silence. */
function portNotUsed(port: number): Mistake {
  return mistake(
    'PORT_NOT_USED',
    { path: '--port' },
    {
      cause: words(
        `--port ${port} would lead to nothing: the template has no internet-facing load balancer, and no public instance with a port open to the internet.`,
        `--port ${port}에 연결할 것이 없습니다. 템플릿에 인터넷 경계 로드 밸런서도, 인터넷에 포트를 연 퍼블릭 인스턴스도 없습니다.`,
      ),
      next: words(
        'leave --port out; a private port is reached with: terrace forward THING:PORT',
        '--port를 빼세요. 프라이빗 포트 연결: terrace forward 대상:포트',
      ),
    },
  );
}

/** The region ends with Ctrl-C. Gives a signal that says when that was asked for. */
function stopWhenInterrupted(stop: () => Promise<unknown>): AbortSignal {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      asked.abort();
      void stop();
    });
  }
  return asked.signal;
}

/** A change is the region's own work: it goes on without whoever asked for it. Gives what ends this answer to Ctrl-C. */
function goesOnWhenInterrupted(terminal: Terminal): () => void {
  const leave = () => {
    terminal.failure(goesOn[terminal.language]);
    process.exit(exitCode.failure);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, leave);
  return () => {
    for (const signal of signals) process.off(signal, leave);
  };
}

const goesOn = words(
  'Interrupted; the region goes on with the change. terrace status shows what came of it.',
  '중단했습니다. 변경은 로컬 리전에서 계속됩니다. 결과는 terrace status로 확인하세요.',
);

const interrupted = words(
  'Interrupted while the region was changing; it has ended.',
  '변경하는 도중에 중단되어 로컬 리전을 끝냈습니다.',
);

const down = words('The region is down; its data stays.', '로컬 리전을 멈췄습니다. 데이터는 남아 있습니다.');
const endedElsewhere = words(
  'The region has ended: terrace down from elsewhere, or see .terrace/supervisor.log.',
  '로컬 리전이 끝났습니다. 다른 곳에서 terrace down을 실행했거나, 아니라면 .terrace/supervisor.log를 보세요.',
);

/** Where the region is somebody else's: until this command is interrupted. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (!isOver(child)) await once(child, 'exit');
}

/** Of two commands that began at once, one has the region; what the other launched has ended, and the region is not its to end. */
function isOver(child: ChildProcess | undefined): boolean {
  return child !== undefined && (child.exitCode !== null || child.signalCode !== null);
}

/**
 * What the command itself took, before the region's own laps: reading the project, and synthesizing it where it is an app. `answered` is when
 * the first answer came, since the command began; the command returns once every instance has signalled besides.
 */
function withTimings(answer: ControlEvent, start: number, ready: number): ControlEvent {
  if (answer.kind !== 'result') return answer;
  const summary = answer.value as RegionSummary;
  const total = Math.round(performance.now() - start);
  const { firstAnswer, signals } = summary.timings;
  const timings = {
    project: Math.round(ready - start),
    ...summary.timings,
    ...(firstAnswer !== undefined && signals !== undefined && { answered: total - (signals - firstAnswer) }),
    total,
  };
  return { kind: 'result', value: { ...summary, timings } };
}
