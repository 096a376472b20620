import type { Inventory, ResourceKey } from '@terrace/cloud/inventory';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { unableOf } from '@terrace/cloud/validate/standing';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import { type Words, words } from '@terrace/cloud/words';
import { instanceName, type Outline } from '../outline.ts';
import type { Shortage } from '../scaling/launch-shortage.ts';
import { type SignalsWanted, signalsWanted } from './creation-policies.ts';

/** A change that the signals of its resources did not confirm. */
export class NotConfirmed extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map((each) => each.cause.en).join('\n'));
  }
}

interface Signal {
  readonly stack: string;
  readonly logicalId: string;
  readonly uniqueId: string;
  readonly status: 'SUCCESS' | 'FAILURE';
}

/**
 * Waits for the signals that a change wants. A resource is done when enough of them told of success, each counted once; it fails with the first
 * that tells of failure and is not spared, when its time is over, or when too few are left that could still tell: an instance whose user data has failed
 * without a signal is not waited for.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 */
export class CreationWatch {
  readonly #waiting: readonly Waiting[];
  readonly #desired: Outline;
  readonly #failed = new AbortController();

  /** For a change from what stands, if anything does, to what is desired. */
  static of(before: Inventory | null, desired: Outline, shortages: readonly Shortage[] = []): CreationWatch {
    const wanted = signalsWanted(before, desired.inventory, (group) => membersOf(desired, group).length);
    const unable = unableOf(desired.inventory);
    const possible = wanted.filter(({ resource }) => !unable.has(resource.key));
    const impossible = wanted.flatMap((each) => {
      const why = unable.get(each.resource.key);
      return why && each.count > 0 ? [neverConfirmed(each, why)] : [];
    });
    const watch = new CreationWatch(possible, impossible, desired);
    for (const short of shortages) watch.#tooFew(short);
    return watch;
  }

  private constructor(
    wanted: readonly SignalsWanted[],
    /** What is not waited for: its signals cannot come. */
    readonly impossible: Mistake[],
    desired: Outline,
  ) {
    this.#waiting = wanted.map((each) => new Waiting(each, () => this.#failed.abort()));
    this.#desired = desired;
  }

  /** Aborted with the first resource that fails. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /** A group that cannot launch as many members as are to signal. */
  #tooFew(short: Shortage): void {
    this.#waiting.find(({ wanted: { resource } }) => resource.key === short.group)?.tooFew(short);
  }

  heard({ stack, logicalId, uniqueId, status }: Signal): void {
    this.#waiting
      .find(({ wanted: { resource } }) => resource.stack === stack && resource.logicalId === logicalId)
      ?.heard(uniqueId, status);
  }

  /** The user data of the instance so called failed. */
  bootFailed(name: string): void {
    const member = this.#desired.fleet.instances.find(({ id }) => instanceName(this.#desired, id) === name);
    if (!member) return;
    const waiting = this.#waiting.find(({ wanted }) => wanted.resource.key === member.statedBy);
    waiting?.silent(member.id, name, membersOf(this.#desired, member.statedBy).length);
  }

  /** The resources whose signals are still to come. */
  waitedFor(): Words[] {
    return this.#waiting.flatMap((each) => each.waitedFor() ?? []);
  }

  /** Ends the wait, for signals and for everything else. */
  giveUp(seconds: number): void {
    if (this.#failed.signal.aborted) return;
    const isWaiting = this.waitedFor().length > 0;
    for (const each of this.#waiting) each.giveUp(seconds);
    if (!isWaiting) this.impossible.push(waitEnded(seconds));
    this.#failed.abort();
  }

  /** Settles when every resource is done or has failed; what failed is told. Time counts from the call: the resources stand. */
  async settled(): Promise<Mistake[]> {
    const told = await Promise.all(this.#waiting.map((each) => each.settled()));
    return told.flatMap((each) => each ?? []);
  }
}

function membersOf({ fleet }: Outline, resource: ResourceKey): FleetInstance[] {
  return fleet.instances.filter(({ statedBy }) => statedBy === resource);
}

/** The signals of one resource. */
class Waiting {
  readonly wanted: SignalsWanted;
  readonly #succeeded = new Set<string>();
  /** Who told of failure, where some are spared. */
  readonly #failed = new Set<string>();
  /** Names by id. */
  readonly #silent = new Map<string, string>();
  readonly #onFailed: () => void;
  #outcome: Mistake | 'done' | null = null;
  #tell: () => void = () => {};
  /** When the wait began, in milliseconds of the clock. */
  #since = Date.now();

  constructor(wanted: SignalsWanted, onFailed: () => void) {
    this.wanted = wanted;
    this.#onFailed = onFailed;
    if (wanted.count <= 0) this.#outcome = 'done';
  }

  heard(uniqueId: string, status: Signal['status']): void {
    if (status === 'FAILURE') {
      this.#failed.add(uniqueId);
      if (this.#failed.size <= this.wanted.spared) return;
      this.#end(
        notConfirmed(this.wanted, words(`${uniqueId} signalled failure`, `${uniqueId}{이/가} 실패를 알렸습니다`)),
      );
      return;
    }
    this.#succeeded.add(uniqueId);
    if (this.#succeeded.size >= this.wanted.count) this.#end('done');
  }

  tooFew({ wanted, has, reason }: Shortage): void {
    if (has >= this.wanted.count) return;
    this.#end(
      notConfirmed(
        this.wanted,
        words(
          `it launched ${has} of ${wanted} instances: ${reason}`,
          `인스턴스 ${wanted}개 중 ${has}개만 시작했습니다: ${reason}`,
        ),
      ),
    );
  }

  silent(id: string, name: string, members: number): void {
    if (this.#succeeded.has(id) || this.#failed.has(id)) return;
    this.#silent.set(id, name);
    if (members - this.#silent.size - this.#failed.size >= this.wanted.count) return;
    const names = [...this.#silent.values()].join(', ');
    this.#end(
      notConfirmed(
        this.wanted,
        words(`the user data of ${names} failed without a signal`, `${names}의 사용자 데이터가 신호 없이 실패했습니다`),
      ),
    );
  }

  async settled(): Promise<Mistake | null> {
    if (this.#outcome === null) {
      this.#since = Date.now();
      const timer = setTimeout(() => this.#end(this.#late()), this.wanted.patience);
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
      clearTimeout(timer);
    }
    return this.#outcome === 'done' ? null : this.#outcome;
  }

  waitedFor(): Words | null {
    if (this.#outcome !== null) return null;
    const { resource, count, patience } = this.wanted;
    const left = Math.max(0, Math.round((this.#since + patience - Date.now()) / 1000));
    return words(
      `${resource.logicalId}: ${this.#succeeded.size} of ${count} signals, AWS would wait ${left} s more`,
      `${resource.logicalId}: 신호 ${count}개 중 ${this.#succeeded.size}개, AWS는 ${left}초 더 기다림`,
    );
  }

  giveUp(seconds: number): void {
    const { count } = this.wanted;
    this.#end(
      notConfirmed(
        this.wanted,
        words(
          `${this.#succeeded.size} of ${count} success signals came before --timeout ended the wait after ${seconds} s`,
          `--timeout이 ${seconds}초 만에 기다림을 끝낼 때까지 성공 신호 ${count}개 중 ${this.#succeeded.size}개만 왔습니다`,
        ),
      ),
    );
  }

  #late(): Mistake {
    const { count, patience } = this.wanted;
    const seconds = Math.round(patience / 1000);
    return notConfirmed(
      this.wanted,
      words(
        `${this.#succeeded.size} of ${count} success signals came within ${seconds} s`,
        `${seconds}초 안에 성공 신호 ${count}개 중 ${this.#succeeded.size}개만 왔습니다`,
      ),
    );
  }

  #end(outcome: Mistake | 'done'): void {
    if (this.#outcome !== null) return;
    this.#outcome = outcome;
    if (outcome !== 'done') this.#onFailed();
    this.#tell();
  }
}

function waitEnded(seconds: number): Mistake {
  return mistake(
    'WAIT_ENDED',
    { path: '--timeout' },
    {
      cause: words(
        `Not everything was ready after ${seconds} s, which is as long as --timeout lets it wait.`,
        `--timeout으로 정한 ${seconds}초 안에 모두 준비되지 않았습니다.`,
      ),
      next: words(
        'terrace status and terrace logs of the instances say how far they are',
        '진행 상황은 terrace status와 terrace logs에서 볼 수 있습니다',
      ),
    },
  );
}

function neverConfirmed({ resource, count }: SignalsWanted, why: Words): Mistake {
  return mistake('NOT_CONFIRMED', resource.place, {
    cause: words(
      `${resource.logicalId} is not complete: ${count} success signals cannot come, because it cannot act (${why.en}).`,
      `${resource.logicalId}{이/가} 완성되지 않았습니다: 실행할 수 없어 성공 신호 ${count}개가 올 수 없습니다(${why.ko}).`,
    ),
    next: words(
      'Name subnets of the template, or load the template that has them as well; the wait has ended.',
      '템플릿의 서브넷을 지정하거나 서브넷이 있는 템플릿도 함께 불러오세요. 더 기다리지 않습니다.',
    ),
  });
}

function notConfirmed({ resource }: SignalsWanted, why: Words): Mistake {
  return mistake('NOT_CONFIRMED', resource.place, {
    cause: words(
      `${resource.logicalId} is not complete: ${why.en}.`,
      `${resource.logicalId}{이/가} 완성되지 않았습니다: ${why.ko}.`,
    ),
    next: words(
      'terrace up --no-rollback keeps what was made; then read terrace logs of the instance',
      'terrace up --no-rollback으로 만들어진 것을 남겨 두고 terrace logs로 그 인스턴스의 기록을 보세요',
    ),
  });
}
