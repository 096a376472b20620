import { constants, existsSync, readFileSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { type Words, words } from '@terrace/cloud/words';
import { kernelFiles } from '../bounds/groups.ts';
import { delegatedGroup, placeOfGroups } from '../bounds/hierarchy.ts';
import { findProgram, missingPrograms, requiredPrograms } from './programs.ts';
import { ProgramFailed, run } from './run.ts';
import { existingToolkit } from './toolkit.ts';
import { hasSubordinateIds, isRootless } from './users.ts';

/** One thing that was looked at, and what follows from it. */
export interface Finding {
  /** Stable, for example `USER_NAMESPACES`. */
  readonly code: string;
  /** `no` stops a region; `limited` is what a region does without, by name. */
  readonly verdict: 'yes' | 'limited' | 'no';
  readonly found: Words;
  /** What to do about it; `null` where nothing has to be done. */
  readonly next: Words | null;
}

/** Looks at what this machine can and cannot do. Every finding comes from having tried it, and nothing is left behind. */
export async function examine(stateDirectory: string): Promise<Finding[]> {
  const system = examineSystem();
  if (system.verdict === 'no') return [system, examineNode()];
  return [
    system,
    examineNode(),
    examinePrograms(),
    ...(await examineKernel()),
    examineUsers(),
    await examineDisk(stateDirectory),
    examineMemory(),
    examineBounds(),
  ];
}

function finding(code: string, verdict: Finding['verdict'], found: Words, next: Words | null = null): Finding {
  return { code, verdict, found, next };
}

function examineSystem(): Finding {
  if (process.platform === 'linux') {
    return finding('LINUX', 'yes', words('Linux', '리눅스'));
  }
  return finding(
    'LINUX',
    'no',
    words(
      `This is ${process.platform}. Everything but running a region works here: reach, check, access, cost, diagram, validate.`,
      `운영체제가 ${process.platform}입니다. 로컬 리전 실행 말고는 모두 됩니다: reach, check, access, cost, diagram, validate.`,
    ),
    words(
      'for `terrace up` use a Linux machine: WSL 2 on Windows, a Linux virtual machine on macOS',
      '`terrace up`은 리눅스에서 실행하세요: 윈도우는 WSL 2, macOS는 리눅스 가상 머신',
    ),
  );
}

function examineNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 20
    ? finding('NODE', 'yes', words(`Node.js ${process.versions.node}`, `Node.js ${process.versions.node}`))
    : finding(
        'NODE',
        'no',
        words(
          `Node.js ${process.versions.node} is too old.`,
          `Node.js ${process.versions.node}{은/는} 너무 오래되었습니다.`,
        ),
        words('install Node.js 20 or newer', 'Node.js 20 이상을 설치하세요'),
      );
}

function examinePrograms(): Finding {
  const missing = missingPrograms(existingToolkit());
  const all = requiredPrograms.map((each) => each.program).join(', ');
  return missing.length === 0
    ? finding('PROGRAMS', 'yes', words(`All programs are there: ${all}`, `필요한 프로그램이 모두 있습니다: ${all}`))
    : finding(
        'PROGRAMS',
        'no',
        words(
          `Missing: ${missing.map((each) => each.program).join(', ')}`,
          `없는 프로그램: ${missing.map((each) => each.program).join(', ')}`,
        ),
        words('run: terrace setup', '실행하세요: terrace setup'),
      );
}

/** Each part of the kernel is tried inside namespaces that end with the trial. */
async function examineKernel(): Promise<Finding[]> {
  const user = isRootless() ? ['--user', '--map-root-user'] : [];
  const inside = (script: string) =>
    run('unshare', [...user, '--mount', '--net', '--pid', '--fork', 'sh', '-ec', script]);
  const first = await tried(
    'NAMESPACES',
    words('network, mount and process namespaces', '네트워크·마운트·프로세스 네임스페이스'),
    () => inside('mount -t tmpfs tmpfs /run'),
    namespacesDenied(),
  );
  if (first.verdict === 'no') return [first];
  const toolkit = existingToolkit();
  const nft = findProgram('nft', toolkit);
  return [
    first,
    await tried('VETH', words('links between namespaces (veth)', '네임스페이스 사이의 링크(veth)'), () =>
      inside(`${findProgram('ip', toolkit) ?? 'ip'} link add name one type veth peer name other`),
    ),
    await tried('OVERLAY', words('copy-on-write roots (overlayfs)', '쓰기 시 복사 루트(overlayfs)'), () =>
      inside(
        'mount -t tmpfs tmpfs /run; mkdir /run/u /run/w /run/m; mount -t overlay overlay -o lowerdir=/usr,upperdir=/run/u,workdir=/run/w,userxattr /run/m || mount -t overlay overlay -o lowerdir=/usr,upperdir=/run/u,workdir=/run/w /run/m',
      ),
    ),
    ...(nft
      ? [
          await tried(
            'NFTABLES',
            words('packet filter with connection tracking (nftables)', '연결 추적 패킷 필터(nftables)'),
            () =>
              inside(
                `${toolkit ? `export LD_LIBRARY_PATH=$(echo ${toolkit}/usr/lib/*-linux-gnu);` : ''} ${nft} 'add table ip t; add chain ip t c { type nat hook postrouting priority 100; }; add rule ip t c ct state new masquerade'`,
              ),
          ),
        ]
      : []),
  ];
}

async function tried(code: string, what: Words, attempt: () => Promise<unknown>, next?: Words): Promise<Finding> {
  try {
    await attempt();
    return finding(code, 'yes', what);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    const said = error.said.trim().split('\n').at(-1) ?? '';
    return finding(
      code,
      'no',
      words(`The kernel refuses ${what.en}: ${said}`, `${what.ko}{을/를} 커널이 거부합니다: ${said}`),
      next ??
        words(
          'use a kernel that has it: those of Debian 12 and Ubuntu 22.04 or newer do',
          '이 기능이 있는 커널을 쓰세요: 데비안 12, 우분투 22.04 이상의 커널에는 있습니다',
        ),
    );
  }
}

function namespacesDenied(): Words {
  const apparmor = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (existsSync(apparmor) && readFileSync(apparmor, 'utf8').trim() === '1') {
    return words(
      'AppArmor restricts user namespaces here (Ubuntu 24.04): run as root, or: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
      '여기서는 AppArmor가 사용자 네임스페이스를 제한합니다(우분투 24.04): root로 실행하거나 다음을 실행하세요: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
    );
  }
  return words(
    'run as root, or allow user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000',
    'root로 실행하거나 사용자 네임스페이스를 허용하세요: sudo sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000',
  );
}

function examineUsers(): Finding {
  if (!isRootless())
    return finding(
      'USERS',
      'yes',
      words('root: instances have users of their own', 'root: 인스턴스마다 사용자 계정을 따로 가집니다'),
    );
  if (findProgram('newuidmap', null) && hasSubordinateIds()) {
    return finding(
      'USERS',
      'yes',
      words('newuidmap and a range of subordinate ids', 'newuidmap과 하위 사용자 ID 범위가 있습니다'),
    );
  }
  return finding(
    'USERS',
    'limited',
    words(
      'Rootless with one user: inside an instance every service runs as its root, whatever `User=` says, and chown to another user fails.',
      '루트 없이 사용자 하나로 실행합니다: 인스턴스 안의 서비스는 `User=`와 상관없이 모두 그 안의 root로 실행되고, 다른 사용자로 chown은 실패합니다.',
    ),
    words(
      'for users of their own: sudo apt-get install uidmap and a line for you in /etc/subuid and /etc/subgid',
      '사용자를 나누려면: sudo apt-get install uidmap, 그리고 /etc/subuid와 /etc/subgid에 내 계정의 줄을 추가하세요',
    ),
  );
}

const wantedDisk = 1024 ** 3;

async function examineDisk(stateDirectory: string): Promise<Finding> {
  const folder = nearestExisting(stateDirectory);
  if (!(await isWritable(folder))) {
    return finding(
      'DISK',
      'no',
      words(
        `${folder} may not be written, and a region keeps its data below it.`,
        `${folder}에 쓸 수 없습니다. 로컬 리전은 데이터를 그 아래에 보관합니다.`,
      ),
      words('run in a folder of your own', '쓸 수 있는 폴더에서 실행하세요'),
    );
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  return free >= wantedDisk
    ? finding(
        'DISK',
        'yes',
        words(`${gigabytes} GiB free for databases`, `데이터베이스에 쓸 수 있는 공간 ${gigabytes}GiB`),
      )
    : finding(
        'DISK',
        'no',
        words(
          `Only ${gigabytes} GiB free; a database needs 1 GiB to start with.`,
          `남은 공간이 ${gigabytes}GiB뿐입니다. 데이터베이스를 시작하려면 1GiB가 필요합니다.`,
        ),
        words('make room, or run in a folder on another disk', '공간을 비우거나 다른 디스크의 폴더에서 실행하세요'),
      );
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(path.replace(/\/[^/]*$/, '') || '/');
}

/** By where groups would be made; for an ordinary user that is decided by the scope in which the command runs. */
function examineBounds(): Finding {
  const files = kernelFiles();
  const place = placeOfGroups(files);
  const yes = words(
    `Instances are held to the memory, processes and CPU share of their type (cgroup version ${place.version ?? 2})`,
    `인스턴스의 메모리, 프로세스 수, CPU 몫을 인스턴스 유형에 맞게 제한합니다(cgroup 버전 ${place.version ?? 2})`,
  );
  if (place.version !== null || delegatedGroup(files) !== null) return finding('BOUNDS', 'yes', yes);
  return finding(
    'BOUNDS',
    'limited',
    words(`Unbounded: ${place.reason.en}.`, `제한 없음: ${place.reason.ko}.`),
    words(
      'for bounds run as root, or with systemd: systemd-run --user --scope -p Delegate=yes terrace up --detach',
      '제한하려면 root로 실행하거나, systemd가 있으면 다음과 같이 실행하세요: systemd-run --user --scope -p Delegate=yes terrace up --detach',
    ),
  );
}

function examineMemory(): Finding {
  const gigabytes = (freemem() / 1024 ** 3).toFixed(1);
  return freemem() >= 1.5 * 1024 ** 3
    ? finding('MEMORY', 'yes', words(`${gigabytes} GiB of memory free`, `남은 메모리 ${gigabytes}GiB`))
    : finding(
        'MEMORY',
        'limited',
        words(
          `${gigabytes} GiB of memory free; three tiers take about 1 GiB.`,
          `남은 메모리가 ${gigabytes}GiB입니다. 세 계층에 1GiB쯤 필요합니다.`,
        ),
        words('end other programs if the region is slow', '로컬 리전이 느리면 다른 프로그램을 종료하세요'),
      );
}
