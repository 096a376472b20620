import { describe, expect, test } from 'vitest';
import { type Architecture, seccompProgram } from './confinement.ts';

const audit = { x64: 0xc000003e, arm64: 0xc00000b7 };
const allowed = 0x7fff0000;
const error = (number: number) => 0x00050000 | number;

/** What the kernel's interpreter makes of the program, for the instructions that it uses. */
function run(program: Buffer, call: { machine: number; number: number; first?: number; second?: number }): number {
  const data: Readonly<Record<number, number>> = {
    0: call.number,
    4: call.machine,
    16: call.first ?? 0,
    24: call.second ?? 0,
  };
  let accumulator = 0;
  for (let at = 0; at * 8 < program.length; at += 1) {
    const code = program.readUInt16LE(at * 8);
    const yes = program.readUInt8(at * 8 + 2);
    const no = program.readUInt8(at * 8 + 3);
    const value = program.readUInt32LE(at * 8 + 4);
    if (code === 0x20) accumulator = data[value]!;
    else if (code === 0x06) return value;
    else if (code === 0x15) at += accumulator === value ? yes : no;
    else if (code === 0x35) at += accumulator >= value ? yes : no;
    else if (code === 0x45) at += (accumulator & value) >>> 0 !== 0 ? yes : no;
    else throw new Error(`instruction ${code}`);
  }
  throw new Error('the program ran off its end');
}

describe.each<Architecture>(['x64', 'arm64'])('system calls on %s', (architecture) => {
  const program = seccompProgram(architecture, 'many');
  const machine = audit[architecture];
  const at = (x64: number, arm64: number) => (architecture === 'x64' ? x64 : arm64);

  test.each([
    ['mount', at(165, 40), 0, error(1)],
    ['unshare', at(272, 97), 0, error(1)],
    ['setns', at(308, 268), 0, error(1)],
    ['bpf', at(321, 280), 0, error(1)],
    ['clone of a process', at(56, 220), 0x11, allowed],
    ['clone of a thread', at(56, 220), 0x3d0f00, allowed],
    ['clone into a user namespace', at(56, 220), 0x10000011, error(1)],
    ['clone into a network namespace', at(56, 220), 0x40000011, error(1)],
    ['clone3', 435, 0, error(38)],
    ['io_uring_setup', 425, 0, error(38)],
    ['an Internet socket', at(41, 198), 2, allowed],
    ['a Unix socket', at(41, 198), 1, allowed],
    ['a netlink socket', at(41, 198), 16, allowed],
    ['a socket to the hypervisor', at(41, 198), 40, error(97)],
    ['a crypto socket', at(41, 198), 38, error(97)],
    ['a socket to the wire', at(41, 198), 17, error(97)],
    ['a socket of TIPC', at(41, 198), 30, error(97)],
    ['a pair of Unix sockets', at(53, 199), 1, allowed],
    ['a pair of TIPC sockets', at(53, 199), 30, error(97)],
    ['kcmp', at(312, 272), 0, error(1)],
    ['pidfd_getfd', 438, 0, error(1)],
    ['name_to_handle_at', at(303, 264), 0, error(1)],
    ['userfaultfd', at(323, 282), 0, error(1)],
    ['add_key', at(248, 217), 0, error(1)],
    ['request_key', at(249, 218), 0, error(1)],
    ['clock_settime', at(227, 112), 0, error(1)],
    ['kexec_load', at(246, 104), 0, error(1)],
    ['read', at(0, 63), 0, allowed],
    ['execve', at(59, 221), 0, allowed],
    ['futex_waitv', 449, 0, allowed],
  ])('%s', (_, number, first, expected) => {
    expect(run(program, { machine, number, first })).toBe(expected);
  });

  test.each([
    ['TIOCSTI', 0x5412, error(1)],
    ['TIOCLINUX', 0x541c, error(1)],
    ['TIOCGWINSZ', 0x5413, allowed],
  ])('a terminal’s %s', (_, second, expected) => {
    expect(run(program, { machine, number: at(16, 29), first: 0, second })).toBe(expected);
  });

  test('set groups only where there are any', () => {
    const number = at(116, 159);
    expect(run(program, { machine, number })).toBe(allowed);
    expect(run(seccompProgram(architecture, 'one'), { machine, number })).toBe(error(0));
  });

  test('of another machine, or of the x32 flavour, are refused', () => {
    expect(run(program, { machine: 0x40000003, number: 1 })).toBe(error(1));
    expect(run(program, { machine, number: 0x40000000 + 165 })).toBe(error(1));
  });
});
