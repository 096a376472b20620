import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

/** What the supervisor sends to a service's process. The first starts it, later ones replace its configuration in place. */
export interface Configure<Configuration> {
  readonly kind: 'configure';
  readonly config: Configuration;
}

/** Whether it answers; it does at once, whatever it is at work on. */
export interface Ask {
  readonly kind: 'ask';
}

/** What a service's process says to the supervisor: one `ready` or `failed` for each `configure`, `answer` for each `ask`, events at any time. */
export type Report<Event> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer' }
  | { readonly kind: 'failed'; readonly mistake: Mistake }
  | { readonly kind: 'event'; readonly event: Event };

/** Something with a lifetime and a configuration that can be replaced while it runs. */
export interface Configurable<Configuration> extends AsyncDisposable {
  configure(configuration: Configuration): void | Promise<void>;
}

/**
 * The body of a service's process: takes configurations from the supervisor over the IPC channel, one after the other,
 * and ends when the channel does.
 */
export function serveSupervisor<Configuration, Event = never>(
  name: string,
  start: (configuration: Configuration, emit: (event: Event) => void) => Promise<Configurable<Configuration>>,
): void {
  // A supervisor that is gone hears nothing any more, and the end is under way.
  const report = (said: Report<Event>) => process.connected && process.send?.(said, undefined, {}, () => {});
  let running: Configurable<Configuration> | undefined;
  let turn: Promise<void> = Promise.resolve();

  const take = async ({ config }: Configure<Configuration>) => {
    try {
      if (running) await running.configure(config);
      else running = await start(config, (event) => report({ kind: 'event', event }));
      report({ kind: 'ready' });
    } catch (error) {
      report({ kind: 'failed', mistake: startMistake(name, error) });
    }
  };
  process.on('message', (message: Configure<Configuration> | Ask) => {
    if (message.kind === 'configure') turn = turn.then(() => take(message));
    else report({ kind: 'answer' });
  });
  const end = async () => {
    await turn;
    await running?.[Symbol.asyncDispose]();
    process.exit(0);
  };
  process.once('disconnect', end);
  process.once('SIGTERM', end);
}

/** What kept a service from starting, as the user can act on it. */
function startMistake(name: string, error: unknown): Mistake {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const said = error instanceof Error ? error.message : String(error);
  if (code === 'EADDRINUSE') {
    return mistake(
      'ADDRESS_IN_USE',
      {},
      {
        cause: words(
          `${name} cannot listen on ${address}:${port}, which is taken.`,
          `${name}{이/가} 사용할 ${address}:${port}{을/를} 이미 다른 프로세스가 쓰고 있습니다.`,
        ),
        next: words(
          'End what listens there and run the command again.',
          '그 프로세스를 끝낸 뒤 명령을 다시 실행하세요.',
        ),
      },
    );
  }
  return mistake(
    'SERVICE_NOT_STARTED',
    {},
    {
      cause: words(`${name} did not start: ${said}`, `${name}{이/가} 시작되지 않았습니다: ${said}`),
      next: words(
        'Look at `terrace logs`; if the cause is not yours, please report it.',
        '`terrace logs`에서 원인을 확인하고, 사용자 쪽 문제가 아니라면 알려 주세요.',
      ),
    },
  );
}
