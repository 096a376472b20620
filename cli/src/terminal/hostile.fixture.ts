/** What a terminal would act on or hide: the clipboard (OSC 52) in both forms, a title, a colour, direction, nothing to see, lines of its own. */
export const hostile = '\x1b]52;c;aGk=\x07\x9d52;c;aGk=\x9c\x1b]0;t\x07\x1b[31m\u202e\u2066\u200b\ufeff\u2028\x7f\r';

/** Any of it, raw. */
export const raw = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
