import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { examine, type Finding } from '@terrace/region/host/doctor';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'doctor',
  summary: words('what this machine can and cannot do for a region', '이 컴퓨터에서 로컬 리전을 실행할 수 있는지 확인'),
  options: [],
  examples: ['terrace doctor', 'terrace doctor --json'],
  async run({ terminal }) {
    const findings = await examine(join(process.cwd(), '.terrace'));
    const able = findings.every((each) => each.verdict !== 'no');
    terminal.result({ able, findings }, () => findings.map((each) => line(each, terminal.language)));
    return able ? exitCode.answered : exitCode.no;
  },
};

const marks: Readonly<Record<Finding['verdict'], string>> = { yes: '✓', limited: '~', no: '✗' };

function line({ code, verdict, found, next }: Finding, language: 'en' | 'ko'): string {
  const first = `${marks[verdict]} ${code.padEnd(11)} ${found[language]}`;
  return next ? `${first}\n  ${' '.repeat(11)} → ${next[language]}` : first;
}
