import { mistake } from '@terrace/cloud/mistake';
import { nearest } from '@terrace/cloud/nearest';
import { words } from '@terrace/cloud/words';
import { explainedCodes, explanations } from '@terrace/lenses/controls/rules-page';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'explain <code>',
  summary: words(
    'what a code of validate or check means, with the page of AWS',
    'validate나 check가 알린 코드의 뜻과 AWS 문서',
  ),
  arguments: { code: words('for example NAME_LENGTH', '예: NAME_LENGTH') },
  options: [],
  examples: ['terrace explain TIMEOUT_NOT_BELOW_INTERVAL', 'terrace explain ADMIN_PORT_REACHED_FROM_INTERNET'],
  async run({ arguments: [given = ''], terminal }) {
    const code = given.toUpperCase();
    const found = explanations(code);
    if (found.length === 0) {
      terminal.mistakes([unknownCode(given)]);
      return exitCode.mistake;
    }
    terminal.result({ code, rules: found }, () =>
      found.flatMap(({ what, page, types }) => [
        ...(types.length > 0 ? [types.join(', ')] : []),
        `  ${what[terminal.language]}`,
        `  ${page}`,
      ]),
    );
    return exitCode.answered;
  },
};

function unknownCode(given: string) {
  const suggestion = nearest(given.toUpperCase(), explainedCodes());
  return mistake(
    'UNKNOWN_CODE',
    {},
    {
      cause: words(`No rule or control is called ${given}.`, `${given}{이라/라}는 규칙이나 점검 항목이 없습니다.`),
      next: suggestion
        ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
        : words('See docs/rules.md.', 'docs/rules.ko.md를 확인하세요.'),
    },
  );
}
