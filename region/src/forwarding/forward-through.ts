import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatAddress } from '@terrace/cloud/address';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { resolveReference } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import type { RunningInstance } from '../compute/running-instance.ts';
import { namespaceOf } from '../fabric/compile-interface.ts';
import { resolverAddresses } from '../fabric/network-index.ts';
import { builtScript } from '../host/built.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';
import { instanceName, type Outline, primaryInterface } from '../outline.ts';
import type { ForwardRequest, Reached, Said, Way } from './forward.ts';

/** The region, as far as a forward needs it. */
interface Forwarding {
  readonly outline: Outline;
  instance(reference: string): RunningInstance | undefined;
}

/** Whoever answers. */
interface Around {
  /** Beside which the socket of a forward stands. */
  readonly controlSocket: string;
  /** Whether the region is being ended. */
  isEnding(): boolean;
  /** Whoever connects to this Unix socket is connected, through this instance. */
  stands(socket: string, through: string): void;
  connectionFailed(text: Words): void;
}

/** An instance that connections go through, and how it is called. */
interface Through {
  readonly name: string;
  readonly instance: RunningInstance;
  readonly namespace: string;
  readonly resolver: string;
}

/** Milliseconds between two looks at whether the instance still runs. */
const lookEvery = 250;

/**
 * Forwards connections through an instance, as Session Manager does: to a port of its own loopback, or to another host that it can reach.
 * Lasts until whoever asked is gone, or the instance stops.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html
 */
export async function forwardThrough(
  region: Forwarding,
  request: ForwardRequest,
  around: Around,
  gone: AbortSignal,
): Promise<Result<{ readonly ended: 'region' | 'instance' }>> {
  const present = region.outline;
  const found = resolveReference(request.to, present.inventory, present.network);
  if (!found.ok) return found;
  const end = found.value.interfaces.find((each) => each.addresses.length > 0);
  const running = runningInstances(region, present);
  const own = end?.owner.kind === 'instance' ? running.find(({ instance }) => instance.id === ownerId(end)) : undefined;
  if (end?.owner.kind === 'instance' && !own) return failure([doesNotRun(request.to)]);
  const stated = found.value.range?.length === 32 ? formatAddress(found.value.range.base) : undefined;
  if (!end && stated === undefined) return failure([noSingleEnd(request.to)]);
  const named = running.filter(({ name, instance }) => [name, instance.id].includes(request.through ?? name));
  if (named.length === 0 && (request.through !== null || !own))
    return failure([
      nobodyToGoThrough(
        request,
        running.map(({ name }) => name),
      ),
    ]);
  const isLoopback = own !== undefined && (request.through === null || named.includes(own));
  const target = isLoopback ? { addresses: ['127.0.0.1', '::1'], name: null } : destination(present, end, stated);
  const tried: { readonly name: string; readonly reached: Reached }[] = [];
  for (const through of isLoopback ? [own] : nearestFirst(named, present, end)) {
    const way: Way = {
      ...target,
      resolver: through.resolver,
      port: request.port,
      path: join(dirname(around.controlSocket), `forward-${randomBytes(8).toString('hex')}.sock`),
      milliseconds: 3_000,
    };
    const reached = await forward(through, way, request, around, gone);
    if (reached === 'accepted') return success({ ended: around.isEnding() ? 'region' : 'instance' });
    if (gone.aborted) break;
    tried.push({ name: through.name, reached });
  }
  return failure([isLoopback ? nothingListens(request) : notReached(request, tried)]);
}

/** Resolves when the forward has ended, or where its first connection was not accepted. */
async function forward(
  through: Through,
  way: Way,
  { to, port }: ForwardRequest,
  around: Around,
  gone: AbortSignal,
): Promise<Reached> {
  const script = builtScript(import.meta.url, './forward-process.js');
  const [program, list] = inNamespace(through.namespace, process.execPath, script, JSON.stringify(way));
  const child = spawn(program, list, { stdio: ['ignore', 'pipe', 'inherit'] });
  const over = once(child, 'close');
  const kill = () => void child.kill('SIGKILL');
  gone.addEventListener('abort', kill, { once: true });
  if (gone.aborted) kill();
  const look = setInterval(() => {
    if (through.instance.state !== 'running') kill();
  }, lookEvery);
  let first: Reached | undefined;
  let listens = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const { reached } = JSON.parse(line) as Said;
    if (first === undefined) first = reached;
    else if (reached !== 'accepted') around.connectionFailed(connectionFailed(to, port, reached));
    else if (!listens) {
      listens = true;
      around.stands(way.path, through.name);
    }
  }
  await over;
  clearInterval(look);
  gone.removeEventListener('abort', kill);
  rmSync(way.path, { force: true });
  return first ?? 'timeout';
}

function runningInstances(region: Forwarding, present: Outline): Through[] {
  return present.fleet.instances.flatMap(({ id }) => {
    const instance = region.instance(id);
    const primary = primaryInterface(present.network, id);
    const vpc = present.network.vpcs.find((each) => each.id === primary?.vpc);
    if (instance?.state !== 'running' || !primary || !vpc) return [];
    return [
      {
        name: instanceName(present, id),
        instance,
        namespace: namespaceOf(primary),
        resolver: resolverAddresses(vpc)[0]!,
      },
    ];
  });
}

/** Those of the same VPC before the others. */
function nearestFirst(list: readonly Through[], { network }: Outline, end: NetworkInterface | undefined): Through[] {
  const isNear = ({ instance }: Through) => primaryInterface(network, instance.id)?.vpc === end?.vpc;
  return [...list.filter(isNear), ...list.filter((each) => !isNear(each))];
}

/** Databases and load balancers by their names, which move. */
function destination(
  { names }: Outline,
  end: NetworkInterface | undefined,
  stated: string | undefined,
): Pick<Way, 'addresses' | 'name'> {
  const owner = end && ownerId(end);
  const name =
    end?.owner.kind === 'database' || end?.owner.kind === 'load-balancer'
      ? [...names.databases, ...names.balancers].find(({ id }) => id === owner)?.name
      : undefined;
  if (stated === undefined && name !== undefined) return { addresses: null, name };
  return { addresses: [stated ?? formatAddress(end!.addresses[0]!)], name: null };
}

function ownerId({ owner }: NetworkInterface): string | undefined {
  return 'id' in owner ? owner.id : undefined;
}

const outcomes = {
  accepted: words('accepted', '연결됨'),
  refused: words('refused: nothing listens there', '거절됨: 수신 대기 중인 프로그램 없음'),
  timeout: words('no answer', '응답 없음'),
  'no-name': words('its name does not resolve', '이름을 확인할 수 없음'),
};

function connectionFailed(to: string, port: number, reached: Reached) {
  const { en, ko } = outcomes[reached];
  return words(`a connection to ${to}:${port} failed: ${en}`, `${to}:${port} 연결 실패: ${ko}`);
}

function nothingListens({ to, port }: ForwardRequest): Mistake {
  return mistake(
    'PORT_CLOSED',
    {},
    {
      cause: words(
        `Nothing listens on port ${port} in ${to}.`,
        `${to}의 포트 ${port}에서 수신 대기 중인 프로그램이 없습니다.`,
      ),
      next: words(`see what does: terrace exec ${to} -- ss -ltn`, `열린 포트 확인: terrace exec ${to} -- ss -ltn`),
    },
  );
}

function notReached({ to, port }: ForwardRequest, tried: readonly { name: string; reached: Reached }[]): Mistake {
  const each = tried.map(({ name, reached }) => ({ name, ...outcomes[reached] }));
  const [first] = tried;
  return mistake(
    'NOT_REACHED_THROUGH',
    {},
    {
      cause: words(
        `No instance reaches ${to}:${port}: ${each.map(({ name, en }) => `${name}, ${en}`).join('; ')}.`,
        `${to}:${port}에 연결되는 인스턴스가 없습니다: ${each.map(({ name, ko }) => `${name}, ${ko}`).join('; ')}.`,
      ),
      next: words(
        `see what is in the way: terrace reach ${first?.name} ${to} --port ${port}`,
        `막는 것 확인: terrace reach ${first?.name} ${to} --port ${port}`,
      ),
    },
  );
}

function nobodyToGoThrough({ to, through }: ForwardRequest, names: readonly string[]): Mistake {
  const list = names.join(', ');
  return mistake(
    'NO_SUCH_INSTANCE',
    {},
    {
      cause:
        through === null
          ? words(
              `No instance runs through which ${to} could be reached.`,
              `${to}에 연결할 때 거칠 실행 중인 인스턴스가 없습니다.`,
            )
          : words(
              `No running instance is called “${through}”.`,
              `“${through}”{이라/라}는 실행 중인 인스턴스가 없습니다.`,
            ),
      next:
        names.length === 0
          ? words(
              'a private port is reached through an instance: add one to the template',
              '프라이빗 포트는 인스턴스를 거쳐 연결합니다. 템플릿에 인스턴스를 추가하세요',
            )
          : words(`choose one of: ${list}`, `다음 중에서 고르세요: ${list}`),
    },
  );
}

function doesNotRun(to: string): Mistake {
  return mistake(
    'INSTANCE_NOT_RUNNING',
    {},
    {
      cause: words(`${to} does not run.`, `${to}{은/는} 실행 중이 아닙니다.`),
      next: words('terrace status shows the state of each instance', '인스턴스 상태 확인: terrace status'),
    },
  );
}

function noSingleEnd(to: string): Mistake {
  return mistake(
    'NOBODY_TO_REACH',
    {},
    {
      cause: words(`${to} means no single address.`, `${to}{이/가} 가리키는 주소가 하나가 아닙니다.`),
      next: words(
        'name an instance, a load balancer, a database or an address',
        '인스턴스, 로드 밸런서, 데이터베이스 또는 주소를 쓰세요',
      ),
    },
  );
}
