import type { Duplex } from 'node:stream';
import { type Mistake, mistake, type Result } from '@terrace/cloud/mistake';
import { type Endpoints, resolveEndpoint, resolveReference } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import type { ControlEvent, DiagnoseRequest, ExecuteRequest, LogsRequest, ProbeRequest } from '../control/protocol.ts';
import { readSession, sessionWriter } from '../control/session.ts';
import { namespaceOf } from '../fabric/compile-interface.ts';
import { internet } from '../fabric/names.ts';
import type { OpenRequest } from '../ingress/door.ts';
import { openedDoor } from '../ingress/opened-door.ts';
import type { Outline } from '../outline.ts';
import { probe } from '../probe/probe.ts';
import { address4, addressesBetween } from '../probe/probe-addresses.ts';
import type { Region } from './region.ts';

/** What a running region is asked besides to change. */
export class Questions {
  readonly #region: Region;

  constructor(region: Region) {
    this.#region = region;
  }

  async status(): Promise<ControlEvent> {
    const status = await this.#region.status();
    return status ? { kind: 'result', value: status } : { kind: 'mistakes', mistakes: [notUpYet()] };
  }

  /** What the region has been made from, secrets that the template states included. */
  async inventory(): Promise<ControlEvent> {
    const present = this.#region.outline;
    return present ? { kind: 'result', value: present.inventory } : { kind: 'mistakes', mistakes: [notUpYet()] };
  }

  /** A real packet by each family, from the first interface that FROM means to the first address that TO means for it. */
  async probe({ from, to, port, protocol, family, milliseconds }: ProbeRequest): Promise<ControlEvent> {
    const present = this.#region.outline;
    if (!present) return { kind: 'mistakes', mistakes: [notUpYet()] };
    const sender = standing(resolveEndpoint(from, present.inventory, present.network));
    const receiver = standing(resolveEndpoint(to, present.inventory, present.network));
    const mistakes = [...(sender.ok ? [] : sender.mistakes), ...(receiver.ok ? [] : receiver.mistakes)];
    if (!sender.ok || !receiver.ok) return { kind: 'mistakes', mistakes };
    const namespace = namespaceToSendFrom(sender.value);
    if (namespace === undefined) return { kind: 'mistakes', mistakes: [nobodyToSend(from)] };
    const isThere = receiver.value.interfaces.length > 0 || receiver.value.internet;
    if (!isThere && (receiver.value.range ?? receiver.value.range6) == null) {
      return { kind: 'mistakes', mistakes: [nobodyToReach(to)] };
    }
    const ways = addressesBetween(present.network, sender.value, receiver.value, family);
    const began = performance.now();
    const flows = ways.map(({ address }) => ({ to: address, port, protocol }));
    const outcomes = flows.length === 0 ? [] : await probe(namespace, flows, milliseconds);
    const families = ways.map((way, index) => ({ ...way, outcome: outcomes[index]! }));
    const best = (['accepted', 'refused', 'timeout'] as const).flatMap((outcome) =>
      families.filter((each) => each.outcome === outcome),
    )[0];
    return {
      kind: 'result',
      value: {
        outcome: best?.outcome ?? 'no-address',
        from: { reference: from },
        to: { reference: to, address: best?.address ?? null, port },
        protocol,
        family: best?.family ?? family ?? null,
        families,
        milliseconds: Math.round(performance.now() - began),
      },
    };
  }

  /** Every rung of the ladder tried for real: name, connection, TLS, credentials. */
  async observe({ from, to, port, milliseconds }: DiagnoseRequest): Promise<ControlEvent> {
    const present = this.#region.outline;
    if (!present) return { kind: 'mistakes', mistakes: [notUpYet()] };
    const sender = standing(resolveReference(from, present.inventory, present.network, {}));
    const receiver = standing(resolveReference(to, present.inventory, present.network, {}));
    const mistakes = [...(sender.ok ? [] : sender.mistakes), ...(receiver.ok ? [] : receiver.mistakes)];
    if (!sender.ok || !receiver.ok) return { kind: 'mistakes', mistakes };
    const namespace = namespaceToSendFrom(sender.value);
    const address = address4(present.network, sender.value, receiver.value);
    const end = receiver.value.interfaces[0];
    if (namespace === undefined) return { kind: 'mistakes', mistakes: [nobodyToSend(from)] };
    if (address === undefined || !end) return { kind: 'mistakes', mistakes: [nobodyToReach(to)] };
    const question = {
      namespace,
      sender: sender.value.interfaces[0] ?? null,
      receiver: end,
      address,
      port,
      milliseconds,
    };
    return { kind: 'result', value: await this.#region.observe(question) };
  }

  async open(request: OpenRequest): Promise<ControlEvent> {
    const { outline, parts } = this.#region;
    if (!outline) return { kind: 'mistakes', mistakes: [notUpYet()] };
    const found = openedDoor(outline, parts.ingress.doors, request);
    return found.ok ? { kind: 'result', value: found.value } : { kind: 'mistakes', mistakes: found.mistakes };
  }

  async logs({ instance, unit, lines }: LogsRequest): Promise<ControlEvent> {
    const found = this.#region.instance(instance);
    if (!found) return this.#accessLog({ instance, unit, lines });
    const entries = await found.journal.read({ ...(unit === null ? {} : { unit }), last: lines });
    return { kind: 'result', value: { instance: found.id, entries } };
  }

  /** Of a load balancer: its lines of the time that the region has been up. */
  #accessLog({ instance: reference, unit, lines }: LogsRequest): ControlEvent {
    const present = this.#region.outline;
    if (!present) return { kind: 'mistakes', mistakes: [notUpYet()] };
    const found = resolveReference(reference, present.inventory, present.network);
    const owner = found.ok ? found.value.interfaces[0]?.owner : undefined;
    if (owner?.kind !== 'load-balancer') {
      const names = [...namesOf(present, 'instance'), ...namesOf(present, 'load-balancer')];
      return { kind: 'mistakes', mistakes: [noLogs(reference, names)] };
    }
    if (unit !== null) return { kind: 'mistakes', mistakes: [noUnits(reference, unit)] };
    const recent = this.#region.parts.accessLogs.recent(owner.id, lines);
    if (!recent) return { kind: 'mistakes', mistakes: [notLogged(reference)] };
    const entries = recent.map(({ time, text }) => ({ time, unit: reference, pid: null, text }));
    return { kind: 'result', value: { instance: owner.id, entries } };
  }

  /** A command in an instance, its input and output over the stream. https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html */
  async execute({ instance, command, terminal }: ExecuteRequest, stream: Duplex): Promise<void> {
    const write = sessionWriter(stream);
    const found = this.#region.instance(instance);
    if (!found) {
      const present = this.#region.outline;
      write.mistakes([present ? noInstance(instance, namesOf(present, 'instance')) : notUpYet()]);
      stream.end();
      stream.resume(); // what is not read to its end never closes
      return;
    }
    const process = await found
      .exec({
        words: command,
        input: true,
        ...(terminal ? { terminal } : {}),
        onOutput: (channel, bytes) => write.output(channel, bytes),
        onInputTaken: (bytes) => write.inputTaken(bytes),
      })
      .catch((error: Error) => error);
    if (process instanceof Error) {
      const reason = process.message.replace(/^EXEC /, '');
      write.output('err', Buffer.from(`${reason}\n`));
      write.ended(/No such file or directory$/.test(reason) ? 127 : 126); // as a shell has it
      stream.end();
      stream.resume();
      return;
    }
    readSession(stream, {
      input: (bytes) => process.write(bytes),
      inputEnded: () => process.closeInput(),
      resized: (rows, columns) => process.resize(rows, columns),
    });
    const hangUp = () => {
      process.closeOutput();
      process.kill(1);
    };
    if (stream.destroyed) hangUp();
    stream.once('close', hangUp);
    // The end of input is a frame of its own: a stream that ends is of a command that is gone.
    stream.once('end', hangUp);
    stream.on('drain', () => process.resume());
    if (!stream.writableNeedDrain) process.resume();
    const { code, signal } = await process.ended;
    write.ended(code ?? 128 + (signal ?? 0));
    stream.end();
  }
}

/** Interfaces of services are proven and not built: nobody stands there to send or to be asked. */
function standing(found: Result<Endpoints>): Result<Endpoints> {
  if (!found.ok) return found;
  const interfaces = found.value.interfaces.filter((each) => each.addresses.length > 0);
  return { ...found, value: { ...found.value, interfaces } };
}

function namespaceToSendFrom(sender: Endpoints): string | undefined {
  if (sender.internet && sender.interfaces.length === 0) return internet;
  const first = sender.interfaces[0];
  return first ? namespaceOf(first) : undefined;
}

export function notUpYet(): Mistake {
  return mistake(
    'REGION_NOT_UP',
    {},
    {
      cause: words('The region has not come up yet.', '로컬 리전이 아직 시작되지 않았습니다.'),
      next: words(
        'wait for terrace up, or see .terrace/supervisor.log',
        'terrace up이 끝나기를 기다리거나 .terrace/supervisor.log를 보세요',
      ),
    },
  );
}

function nobodyToSend(reference: string): Mistake {
  return mistake(
    'NOBODY_TO_SEND',
    {},
    {
      cause: words(
        `Nothing runs behind ${reference} that could send a packet.`,
        `${reference}에는 패킷을 보낼 수 있는 것이 없습니다.`,
      ),
      next: words(
        'name an instance, a load balancer, a database or internet',
        '인스턴스, 로드 밸런서, 데이터베이스 또는 internet을 쓰세요',
      ),
    },
  );
}

function nobodyToReach(reference: string): Mistake {
  return mistake(
    'NOBODY_TO_REACH',
    {},
    {
      cause: words(`${reference} means no single address.`, `${reference}{이/가} 가리키는 주소가 하나가 아닙니다.`),
      next: words(
        'name an instance, a load balancer, a database or an address',
        '인스턴스, 로드 밸런서, 데이터베이스 또는 주소를 쓰세요',
      ),
    },
  );
}

function notLogged(reference: string): Mistake {
  return mistake(
    'ACCESS_LOG_OFF',
    {},
    {
      cause: words(`${reference} writes no access log.`, `${reference}{은/는} 액세스 로그를 남기지 않습니다.`),
      next: words(
        'set access_logs.s3.enabled of an Application Load Balancer (the blueprint’s accessLogs) and run terrace up',
        'Application Load Balancer의 access_logs.s3.enabled를 켜고(블루프린트에서는 accessLogs) terrace up을 실행하세요',
      ),
    },
  );
}

/** What they are called on the command line. */
function namesOf({ network }: Outline, kind: 'instance' | 'load-balancer'): string[] {
  const names = network.interfaces.flatMap(({ owner, name }) => {
    if (owner.kind !== kind) return [];
    if (owner.kind === 'load-balancer') return [name.slice(0, -`/${owner.zone}`.length)];
    return owner.kind === 'instance' && owner.index === 0 ? [name] : [];
  });
  return [...new Set(names)];
}

function noInstance(reference: string, names: readonly string[]): Mistake {
  return mistake(
    'NO_SUCH_INSTANCE',
    {},
    {
      cause: words(
        `No running instance is called “${reference}”.`,
        `“${reference}”{이라/라}는 실행 중인 인스턴스가 없습니다.`,
      ),
      next: choose(names),
    },
  );
}

function noLogs(reference: string, names: readonly string[]): Mistake {
  return mistake(
    'NO_SUCH_INSTANCE',
    {},
    {
      cause: words(
        `No running instance and no load balancer is called “${reference}”.`,
        `“${reference}”{이라/라}는 실행 중인 인스턴스나 로드 밸런서가 없습니다.`,
      ),
      next: choose(names),
    },
  );
}

function choose(names: readonly string[]): Words {
  return names.length === 0
    ? words('this template has none', '이 템플릿에는 하나도 없습니다')
    : words(`choose one of: ${names.join(', ')}`, `다음 중에서 고르세요: ${names.join(', ')}`);
}

function noUnits(reference: string, unit: string): Mistake {
  return mistake(
    'NO_UNITS',
    { path: '--unit' },
    {
      cause: words(
        `${reference} is a load balancer: it has an access log and no unit ${unit}.`,
        `${reference}{은/는} 로드 밸런서라 액세스 로그만 있고 ${unit} 유닛이 없습니다.`,
      ),
      next: words('leave --unit out, or name an instance', '--unit을 빼거나 인스턴스를 지정하세요'),
    },
  );
}
