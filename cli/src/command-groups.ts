import { type Words, words } from '@terrace/cloud/words';

/** What a newcomer types first, in this order, above the list of all commands. */
export const startHere: readonly { readonly line: string; readonly why: Words }[] = [
  {
    line: 'terrace setup',
    why: words('once: fetch what a region runs on', '한 번만: 로컬 리전에 필요한 프로그램 받기'),
  },
  { line: 'terrace up', why: words('run the architecture on this machine', '이 컴퓨터에서 아키텍처 실행') },
  { line: 'terrace check', why: words('prove what may reach what', '통신 규칙 증명') },
  { line: 'terrace cost', why: words('what it costs on AWS', 'AWS에서 드는 비용') },
  { line: 'terrace access', why: words('which permissions are missing', '부족한 권한 확인') },
];

/** The commands by what they are for, in the order in which the help lists them. */
export const commandGroups: readonly { readonly title: Words; readonly commands: readonly string[] }[] = [
  {
    title: words('Run:', '실행:'),
    commands: [
      ...['up', 'status', 'open', 'forward', 'exec', 'logs', 'events', 'metrics', 'clock', 'mail', 'database'],
      ...['diff', 'down'],
    ],
  },
  {
    title: words('Prove and explain:', '증명과 설명:'),
    commands: ['check', 'reach', 'diagnose', 'probe', 'validate', 'explain', 'diagram'],
  },
  { title: words('Price:', '비용:'), commands: ['cost', 'budget', 'edge', 'prices'] },
  { title: words('Permissions:', '권한:'), commands: ['access'] },
  { title: words('Project and machine:', '프로젝트와 컴퓨터:'), commands: ['import', 'setup', 'doctor', 'trust'] },
];
