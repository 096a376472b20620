import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One term a thing, by AWS's Korean pages and console: the pattern of another term, and the term to use. */
const terms: readonly (readonly [other: RegExp, use: string])[] = [
  [/시크릿/, '보안 암호'],
  [/상태 검사/, '상태 확인'],
  [/라우트/, '경로'],
  [/사설(?=[ (]|망)/, '프라이빗 IPv4 주소'],
  [/공인 (주소|IP)/, '퍼블릭 IPv4 주소'],
  [/퍼블릭 주소/, '퍼블릭 IPv4 주소'],
  [/프라이빗 주소/, '프라이빗 IPv4 주소'],
  [/(?<![가-힣])액션/, '작업'],
  [/(?<![가-힣])인자/, '인수'],
  [/프리픽스/, '접두사'],
  [/리허설|예행연습/, '로컬 리전, 로컬 실행'],
  [/감독자/, '슈퍼바이저'],
  [/프로필/, '프로파일'],
  [/권한 상한/, '권한 경계'],
  [/도달성/, '연결 가능 여부'],
  [/(?<![가-힣])타입/, '유형'],
  [/렌즈/, '분석'],
  [/대역(?!폭)/, 'CIDR 블록, 대체 프로그램'],
  [/(?<![가-힣])의도(?!적)/, '통신 규칙'],
  [/모델로만|모델만|모델링/, '분석에만 사용'],
  [/물리 ID/, '물리적 ID'],
  [/논리 ID/, '논리적 ID'],
  [/패브릭/, '로컬 리전의 네트워크'],
  [/트랜짓/, 'Transit Gateway'],
  [/인터넷용/, '인터넷 연결 로드 밸런서'],
  [/듣는 (프로그램|포트)/, '수신 대기 중인'],
  [/시점 복구/, '특정 시점으로 복원'],
  [/유휴 시간/, '유휴 제한 시간'],
  [/유지 관리 시간/, '유지 관리 기간'],
  [/자격 증명 정책/, '자격 증명 기반 정책'],
  [/예약된 크기 조정/, '예약된 조정'],
  [/정책을( 더)? 붙/, '정책을 연결하다'],
  [/역할을 넘/, '역할을 전달하다'],
];

const rawParticle = /\((으|이)\)(로|라|나|며)|[을은이과와]\([를는가와과]\)/;

/** Words of an English sentence. Names, keys, flags and values are not among them. */
const english = /(?<![-\w./])(all traffic|every port|of requests|of bytes|the|of|and|is|are|with)(?![-\w./])|\/month/;

const form = /\d (GiB|MiB|GB|MB|ms|%)(?![a-zA-Z])|\d–\d/;

/** Files whose Korean is still to be written over, and how many places they have. Take a number down with each that you mend. */
const toBeWrittenOver: Readonly<Record<string, number>> = {
  'cloud/src/': 63,
  'lenses/src/cost/': 8,
  'docs/cost.ko.md': 4,
  'docs/templates.ko.md': 3,
  'docs/types.ko.md': 28,
};

test.each([
  ['web/0의 상태 검사가 실패했습니다', '상태 검사'],
  ['nat-a은(는) 모든 트래픽을 통과시킵니다', '은(는)'],
  ['172.16.1.124(으)로 나갑니다', '(으)로'],
  ['web에서 all traffic을 허용합니다', 'all traffic'],
  ['메모리가 8 GiB입니다', '8 GiB'],
  ['1–2분이 걸립니다', '1–2'],
])('finds in "%s" what Korean does not say', (sentence, found) => {
  expect(faults(sentence)).toEqual([expect.stringContaining(found)]);
});

test.each([
  '대역폭은 초당 5기가비트입니다',
  '의도적으로 바꾼 값입니다',
  'Auto Scaling 그룹의 상태 확인이 95%입니다',
  '--for create로 확인하세요',
])('accepts "%s"', (sentence) => {
  expect(faults(sentence)).toEqual([]);
});

test('every Korean sentence has one term a thing, its particles and no English', () => {
  const found = new Map<string, string[]>();
  for (const { file, text } of [...sentencesOfSources(), ...sentencesOfPages()]) {
    const wrong = faults(text);
    if (wrong.length === 0) continue;
    const area = Object.keys(toBeWrittenOver).find((each) => file.startsWith(each)) ?? file;
    found.set(area, [...(found.get(area) ?? []), ...wrong.map((each) => `${file}: ${each}`)]);
  }
  const tooMany = [...found].filter(([area, wrong]) => wrong.length > (toBeWrittenOver[area] ?? 0));
  expect(Object.fromEntries(tooMany)).toEqual({});
});

test('a particle that is left open is closed by words()', () => {
  const open = sentencesOfSources().filter(({ text, isBare }) => isBare && /\{[가-힣]+\/[가-힣]+\}/.test(text));
  expect(open.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

function faults(text: string): string[] {
  const found = [rawParticle, english, form].flatMap((each) => each.exec(text)?.[0] ?? []);
  const others = terms.flatMap(([other, use]) => (other.test(text) ? [`${other.exec(text)![0]} → ${use}`] : []));
  return [...found, ...others].map((each) => `${each} in "${text.trim().slice(0, 80)}"`);
}

interface Sentence {
  readonly file: string;
  readonly text: string;
  /** It is the property `ko` of a plain object. */
  readonly isBare: boolean;
}

/** Literals with Hangul. A filled-in value counts as a name. */
function sentencesOfSources(): Sentence[] {
  return ['cloud', 'lenses', 'region', 'cli', 'blueprint'].flatMap((workspace) =>
    filesBelow(join(root, workspace, 'src'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('particle.ts'))
      .flatMap(sentencesOf),
  );
}

function sentencesOf(path: string): Sentence[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /[가-힣]/.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
    .flatMap((line) =>
      [...line.matchAll(literal)]
        .map(([whole, before = '']) => ({ text: whole.slice(before.length).replace(filledIn, 'NAME'), before }))
        .filter(({ text }) => /[가-힣]/.test(text))
        .map(({ text, before }) => ({ file: relative(root, path), text: korean(text), isBare: before !== '' })),
    );
}

/** CloudFormation has one description for everybody: English, ` / `, Korean. What a program prints in quotes is its own. */
function korean(text: string): string {
  return text.replace(/^[^가-힣]* \/ /, '').replace(/"[A-Za-z][^"가-힣]*"/g, 'NAME');
}

/** A literal of one line, with `ko: ` where that stands before it. */
const literal = /(ko: )?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;

/** With one level of braces inside. */
const filledIn = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** Lines of the Korean pages without their code. */
function sentencesOfPages(): Sentence[] {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.ko.md'));
  return ['README.ko.md', ...pages.map((name) => `docs/${name}`)].flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .replace(/^```.*?^```/gms, '')
      .replace(/`[^`]*`|\]\([^)]*\)|<!--.*?-->/gs, 'NAME')
      .split('\n')
      .filter((line) => /[가-힣]/.test(line))
      .map((text) => ({ file, text: korean(text), isBare: false })),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
