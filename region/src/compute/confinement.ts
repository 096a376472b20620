/**
 * What a process in an instance may ask of the kernel. Root of an instance keeps what a service needs (to bind a low
 * port, to change users and owners of its own files) and nothing with which it could change its network, mount, make namespaces or
 * look at another's processes.
 */

/** Numbers of <linux/capability.h>. */
export const keptCapabilities = {
  CHOWN: 0,
  DAC_OVERRIDE: 1,
  FOWNER: 3,
  FSETID: 4,
  KILL: 5,
  SETGID: 6,
  SETUID: 7,
  NET_BIND_SERVICE: 10,
  SYS_CHROOT: 18,
} as const;

export type Architecture = 'x64' | 'arm64';

/**
 * Answered with EPERM. Not among them: `ptrace` and `process_vm_readv`, which debuggers use; the kernel keeps them to an instance's own
 * processes of the same user, and process 1 lets nobody look at it. Numbers on x86-64 and on ARM64,
 * `null` where the call is not there.
 */
const refused: Readonly<Record<string, readonly [number | null, number | null]>> = {
  acct: [163, 89],
  add_key: [248, 217],
  adjtimex: [159, 171],
  bpf: [321, 280],
  clock_adjtime: [305, 266],
  clock_settime: [227, 112],
  delete_module: [176, 106],
  fanotify_init: [300, 262],
  finit_module: [313, 273],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fsopen: [430, 430],
  fspick: [433, 433],
  init_module: [175, 105],
  ioperm: [173, null],
  iopl: [172, null],
  kcmp: [312, 272],
  kexec_file_load: [320, 294],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  lookup_dcookie: [212, 18],
  modify_ldt: [154, null],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  name_to_handle_at: [303, 264],
  nfsservctl: [180, 42],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  open_tree_attr: [467, 467],
  perf_event_open: [298, 241],
  pidfd_getfd: [438, 438],
  pivot_root: [155, 41],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  request_key: [249, 218],
  setdomainname: [171, 162],
  setns: [308, 268],
  settimeofday: [164, 170],
  swapoff: [168, 225],
  swapon: [167, 224],
  syslog: [103, 116],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
  vhangup: [153, 58],
};

/** Answered with ENOSYS, so that programs take the older way: its flags can be looked at. */
const absent = { clone3: 435, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 };

const machines = {
  x64: { audit: 0xc000003e, clone: 56, ioctl: 16, socket: 41, socketpair: 53, setgroups: 116, index: 0 },
  arm64: { audit: 0xc00000b7, clone: 220, ioctl: 29, socket: 198, socketpair: 199, setgroups: 159, index: 1 },
} as const;

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const namespaceFlags = 0x7e020000;
/** Unix, IPv4, IPv6 and netlink, which programs ask for addresses. Others load modules of the kernel, or are bound to no network namespace. */
const allowedFamilies = [1, 2, 10, 16];
/** TIOCSTI and TIOCLINUX: with them a program types into the terminal that another user started it from. */
const refusedTerminalCalls = [0x5412, 0x541c];

/**
 * A classic BPF program for `PR_SET_SECCOMP`: 8 bytes an instruction.
 *
 * @param accounts with one account there are no other groups to be in, and the kernel lets nobody set them: then
 *   setgroups answers that it is done, so that `su`, `runuser` and servers that become another user go on
 */
export function seccompProgram(architecture: Architecture, accounts: 'one' | 'many'): Buffer {
  const machine = machines[architecture];
  const number = 0;
  const audit = 4;
  const firstArgument = 16;
  const secondArgument = 24;
  const program = [
    load(audit),
    jumpIfEqual(machine.audit, 1, 0),
    answerError(EPERM),
    load(number),
    // Numbers of the x32 flavour would pass by every comparison below.
    jumpIfAtLeast(0x40000000, 0, 1),
    answerError(EPERM),
  ];
  for (const numbers of Object.values(refused)) {
    const each = numbers[machine.index];
    if (each !== null && each !== undefined) program.push(jumpIfEqual(each, 0, 1), answerError(EPERM));
  }
  for (const each of Object.values(absent)) program.push(jumpIfEqual(each, 0, 1), answerError(ENOSYS));
  if (accounts === 'one') program.push(jumpIfEqual(machine.setgroups, 0, 1), answerError(0));
  program.push(
    ...onCall(machine.clone, [load(firstArgument), jumpIfAnyBit(namespaceFlags, 0, 1), answerError(EPERM), allow()]),
    ...onCall(machine.ioctl, [
      load(secondArgument),
      ...refusedTerminalCalls.flatMap((each) => [jumpIfEqual(each, 0, 1), answerError(EPERM)]),
      allow(),
    ]),
    ...[machine.socket, machine.socketpair].flatMap((call) =>
      onCall(call, [
        load(firstArgument),
        ...allowedFamilies.flatMap((family) => [jumpIfEqual(family, 0, 1), allow()]),
        answerError(EAFNOSUPPORT),
      ]),
    ),
    allow(),
  );
  return Buffer.concat(program);
}

/** What becomes of one call: the instructions after the look at its arguments end in an answer. */
const onCall = (call: number, answer: readonly Buffer[]) => [jumpIfEqual(call, 0, answer.length), ...answer];

const load = (offset: number) => instruction(0x20, 0, 0, offset);
const jumpIfEqual = (value: number, yes: number, no: number) => instruction(0x15, yes, no, value);
const jumpIfAtLeast = (value: number, yes: number, no: number) => instruction(0x35, yes, no, value);
const jumpIfAnyBit = (value: number, yes: number, no: number) => instruction(0x45, yes, no, value);
const answerError = (code: number) => instruction(0x06, 0, 0, 0x00050000 | code);
const allow = () => instruction(0x06, 0, 0, 0x7fff0000);

function instruction(code: number, yes: number, no: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(yes, 2);
  bytes.writeUInt8(no, 3);
  bytes.writeUInt32LE(value >>> 0, 4);
  return bytes;
}
