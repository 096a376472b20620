/** Longest nickname, in what a reader counts as characters. */
const nicknameLength = 12;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Letters, digits and their marks of any script, emoji, spaces and a few signs; nothing that markup is made of. */
const allowed = /^(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier} _.!?~♥★-]|\u200d|\ufe0f)+$/u;
/** Most names, which need no cleaning: ASCII letters, digits and whole Hangul syllables in words. */
const plain = /^[0-9A-Za-z가-힣]+(?: [0-9A-Za-z가-힣]+)*$/;
/** Invisible, or turning the direction of what follows: left out without a word. The joiner of emoji stays. */
const invisible = /(?!\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u115f\u1160\u3164\uffa0\u2800]/gu;

/**
 * A nickname as it is stored and shown: one form for what looks the same, single spaces, nothing invisible.
 * `undefined` where nothing readable is left, or where it is too long or has signs that no name needs.
 */
export function cleanNickname(given: string): string | undefined {
  if (given.length > 200) return undefined;
  if (given.length <= nicknameLength && plain.test(given)) return given;
  const name = given.normalize('NFKC').replace(/\s+/gu, ' ').replace(invisible, '').trim();
  const characters = [...graphemes.segment(name)].map((part) => part.segment);
  if (characters.length === 0 || characters.length > nicknameLength || !allowed.test(name)) return undefined;
  // A letter under a tower of marks is one character to the segmenter, and a mess to the reader.
  if (characters.some((character) => [...character].length > (/\p{Extended_Pictographic}/u.test(character) ? 10 : 4)))
    return undefined;
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name) ? name : undefined;
}
