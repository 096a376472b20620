import type { Language } from '@terrace/cloud/words';
import { escapeXml } from '@terrace/cloud/xml';
import type { Answer, Matrix } from './matrix.ts';

const row = 30;
const head = 44;
const marks: Readonly<Record<Answer, { color: string; text: Readonly<Record<Language, string>> }>> = {
  yes: { color: '#1a7f37', text: { en: 'yes', ko: '가능' } },
  'second-factor': { color: '#9a6700', text: { en: 'with MFA', ko: 'MFA 후' } },
  no: { color: '#8c959f', text: { en: 'no', ko: '불가' } },
};

/** The matrix as a picture for a page or a slide. Colour is never the only sign. */
export function matrixPicture(matrix: Matrix, language: Language): string {
  const label = 24 + Math.max(...matrix.rows.map(({ what }) => width(what[language])));
  const column = Math.max(96, ...matrix.subjects.map(({ name }) => width(name) + 24));
  const wide = label + column * matrix.subjects.length;
  const high = head + row * matrix.rows.length + 8;
  const title = language === 'ko' ? '누가 무엇을 할 수 있는가' : 'Who may do what';
  const heads = matrix.subjects.map((subject, index) =>
    text(label + column * (index + 0.5), 28, subject.name, 'middle', '#1f2328', 600),
  );
  const rows = matrix.rows.flatMap(({ what, answers }, index) => {
    const y = head + row * index;
    const band = index % 2 === 0 ? `<rect x="0" y="${y}" width="${wide}" height="${row}" fill="#f6f8fa"/>` : '';
    return [
      band,
      text(12, y + 20, what[language], 'start', '#1f2328', 400),
      ...answers.map((answer, position) => {
        const mark = marks[answer];
        return text(
          label + column * (position + 0.5),
          y + 20,
          mark.text[language],
          'middle',
          mark.color,
          answer === 'no' ? 400 : 600,
        );
      }),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img" font-family="system-ui, 'Noto Sans KR', sans-serif" font-size="14">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${wide}" height="${high}" fill="#ffffff"/>`,
    ...heads,
    ...rows.filter((each) => each !== ''),
    '</svg>',
    '',
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor: string, color: string, weight: number): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${color}" font-weight="${weight}">${escapeXml(content)}</text>`;
}

/** About how wide a text is at 14 px; Korean letters are twice as wide as Latin ones. */
function width(content: string): number {
  return [...content].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x1100 ? 14 : 7.5), 0);
}
