import { type Mistake, mistake, type Place } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

export function otherMajorVersion(place: Place, found: string, wanted: number, directory: string): Mistake {
  return mistake('DATABASE_MAJOR_VERSION', place, {
    cause: words(
      `The data in ${directory} belongs to version ${found} and the server is version ${wanted}.`,
      `${directory}의 데이터는 버전 ${found}의 것인데 서버는 버전 ${wanted}입니다.`,
    ),
    next: words(
      'Dump the data with the Terrace that made it, or let it go with `terrace down --purge`.',
      '데이터를 만든 Terrace로 덤프해 두거나, `terrace down --purge`로 지우세요.',
    ),
  });
}

export function dataInUse(place: Place, directory: string): Mistake {
  return mistake('DATABASE_IN_USE', place, {
    cause: words(
      `A server is running on the data in ${directory} already.`,
      `${directory}의 데이터를 쓰는 서버가 이미 실행 중입니다.`,
    ),
    next: words(
      'End the other region of this project with `terrace down`.',
      '이 프로젝트의 다른 로컬 리전을 `terrace down`으로 끝내세요.',
    ),
  });
}

export function noServerForThisMachine(place: Place, engine: 'PostgreSQL' | 'MariaDB' = 'PostgreSQL'): Mistake {
  return mistake('DATABASE_SERVER_MISSING', place, {
    cause: words(
      `There is no ${engine} for ${process.platform} on ${process.arch} on this machine.`,
      `이 컴퓨터에 ${process.platform} ${process.arch}용 ${engine}{이/가} 없습니다.`,
    ),
    next:
      engine === 'MariaDB'
        ? words('run: terrace setup --mariadb', '실행하세요: terrace setup --mariadb')
        : words(
            'Run `npm install` on this machine, with optional packages and their install scripts allowed.',
            '이 컴퓨터에서 선택 패키지와 설치 스크립트를 허용한 채 `npm install`을 실행하세요.',
          ),
  });
}

/** @param said The server's own last words. */
export function serverNotStarted(place: Place, said: string, log: string): Mistake {
  const parameter =
    /unrecognized configuration parameter|unknown variable|invalid value for parameter|is outside the valid range/.test(
      said,
    );
  return mistake(parameter ? 'DATABASE_PARAMETER_REFUSED' : 'DATABASE_NOT_STARTED', place, {
    cause: words(`The database server did not start: ${said}`, `데이터베이스 서버가 시작되지 않았습니다: ${said}`),
    next: parameter
      ? words('Correct the parameter group.', '파라미터 그룹을 고치세요.')
      : words(`Its log is ${log}.`, `로그는 ${log}에 있습니다.`),
  });
}
