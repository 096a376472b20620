import { type Mistake, mistake, type Place } from '@terrace/cloud/mistake';
import type { NetworkView } from '@terrace/cloud/views/network';
import { type Words, words } from '@terrace/cloud/words';
import type { UserDataResult } from '../../compute/cloud-init/boot.ts';
import type { Trouble } from '../../compute/trouble.ts';

/** A thing of the template in the way of a connection, and its mend. */
interface Obstacle {
  readonly code: string;
  readonly component: string;
  readonly cause: Words;
  readonly next: Words;
}

/**
 * Says what stands between an instance and an address. The module that exports it as `explainUnreached` is loaded by its URL, since reach is a
 * lens, which the region does not know.
 */
type ExplainUnreached = (
  network: NetworkView,
  instance: string,
  destination: { readonly address: string; readonly port: number },
) => readonly Obstacle[];

export async function loadExplanation(module: string): Promise<ExplainUnreached> {
  const { explainUnreached } = (await import(module)) as { explainUnreached: ExplainUnreached };
  return explainUnreached;
}

/** A first boot, and the instance whose boot it was. */
interface Boot {
  /** As on the command line. */
  readonly name: string;
  readonly id: string;
  readonly place: Place;
  readonly result: UserDataResult;
  /** It sent CloudFormation a success signal. */
  readonly signalled: boolean;
}

/**
 * The failure of a first boot: its user data ended with an error, or a step of it was refused and the script went on. The first refused step is the
 * cause; the script's last lines follow. `undefined` where nothing failed.
 *
 * @param obstacles all that is in the way of the connection that the first refused step tried in vain
 */
export function bootMistake(boot: Boot, obstacles: readonly Obstacle[]): Mistake | undefined {
  const { outcome, troubles } = boot.result;
  const first = troubles[0];
  if (outcome !== 'failed' && first === undefined) return undefined;
  const code = outcome === 'failed' ? 'USER_DATA_FAILED' : 'BOOT_STEP_REFUSED';
  const paragraphs = [
    ...(outcome === 'failed' ? [ending(boot)] : [endedWell(boot)]),
    ...(first === undefined ? [] : [troubleWords(first, troubles.length - 1)]),
    ...obstacles.map(({ code: name, component, cause }) =>
      words(`✗ ${name}  ${component}: ${cause.en}`, `✗ ${name}  ${component}: ${cause.ko}`),
    ),
  ];
  return mistake(code, boot.place, {
    cause: words(paragraphs.map(({ en }) => en).join('\n    '), paragraphs.map(({ ko }) => ko).join('\n    ')),
    next:
      obstacles[0]?.next ??
      words(`read the whole of it: terrace logs ${boot.name}`, `전체 기록을 보세요: terrace logs ${boot.name}`),
  });
}

function troubleWords({ command, cause }: Trouble, others: number): Words {
  const more =
    others === 0
      ? words('', '')
      : words(
          ` (and ${others} more refused ${others === 1 ? 'step' : 'steps'} after it)`,
          `(이후 실패한 단계 ${others}개 더 있음)`,
        );
  return words(`first cause: ${command}: ${cause.en}${more.en}`, `첫 원인: ${command}: ${cause.ko}${more.ko}`);
}

function endedWell({ name, signalled }: Boot): Words {
  return signalled
    ? words(
        `The user data of ${name} signalled success to CloudFormation, although a step of it failed:`,
        `${name}의 사용자 데이터는 실패한 단계가 있는데도 CloudFormation에 성공 신호를 보냈습니다:`,
      )
    : words(
        `The user data of ${name} ended with 0, although a step of it failed:`,
        `${name}의 사용자 데이터는 실패한 단계가 있는데도 0으로 끝났습니다:`,
      );
}

function ending({ name, result }: Boot): Words {
  const part = result.parts.find((each) => each.exitCode !== 0);
  const status = part?.exitCode ?? `signal ${part?.signal}`;
  const lines = (part?.lastLines ?? []).filter((line) => line.trim() !== '').slice(-5);
  const told = part?.firstError && !lines.includes(part.firstError) ? [part.firstError, '…', ...lines] : lines;
  if (part && part.exitCode === null && part.signal === null)
    return words(
      `The user data of ${name} was not run:\n    ${told.join('\n    ')}`,
      `${name}의 사용자 데이터를 실행하지 않았습니다:\n    ${told.join('\n    ')}`,
    );
  const printed =
    told.length === 0
      ? words(' and printed nothing.', '고, 아무것도 출력하지 않았습니다.')
      : words(`:\n    ${told.join('\n    ')}`, `습니다:\n    ${told.join('\n    ')}`);
  return words(
    `The user data of ${name} ended with ${status}${printed.en}`,
    `${name}의 사용자 데이터가 ${status}{으로/로} 끝났${printed.ko}`,
  );
}
