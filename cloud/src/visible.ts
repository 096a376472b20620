/**
 * Shows characters that a terminal would act on or not draw: control characters (ESC begins sequences that set colours, titles and the
 * clipboard), marks that reorder text, joiners, fillers and separators. `\x1b` stands for ESC and `\u202e` for a right-to-left override.
 * Line feed and tab stay.
 *
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export function visible(text: string): string {
  return text.replace(invisible, (letter) => {
    const code = letter.codePointAt(0)!;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** The same for a text of JSON, which stays JSON of the same value: such characters stand in its strings only. */
export function visibleJson(json: string): string {
  return json.replace(invisible, (letter) =>
    Array.from({ length: letter.length }, (_, at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}

/** Control, format and default-ignorable characters, lone surrogates, line and paragraph separators; without line feed and tab. */
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
