/**
 * Korean particles follow the last sound of the word before them. A Korean sentence therefore leaves the choice open where a name is filled
 * in, as `${name}{을/를}`: the form after a closed syllable first, then the form after an open one. `words()` closes it.
 */
const undecided = /\{(을\/를|이\/가|은\/는|과\/와|으로\/로|이라\/라|이고\/고|이어야\/여야)\}/g;

export function withParticles(sentence: string): string {
  if (!sentence.includes('{')) return sentence;
  return sentence.replace(undecided, (_, pair: string, offset: number) => {
    const [afterClosed, afterOpen] = pair.split('/');
    // A name is as long as its template likes; its end is what sounds.
    const sound = lastSound(sentence.slice(Math.max(0, offset - 200), offset));
    // 로 follows ㄹ as well: 서울로, 3.7로.
    if (pair === '으로/로') return sound === 'closed' ? afterClosed! : afterOpen!;
    return sound === 'open' ? afterOpen! : afterClosed!;
  });
}

type Sound = 'open' | 'closed' | 'closed by ㄹ';

/** The sound that the text ends on. Quotes and marks have none; a name in brackets was said last: `172.16.1.124 (database)`. */
function lastSound(text: string): Sound {
  const said = text.replace(/[^\p{L}\p{N}%₩$]+$/u, '');
  const last = said.at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) return ofFinal((code - 0xac00) % 28);
  if (/\d/.test(last)) return ofNumber(/[\p{L}₩$\d.,]*$/u.exec(said)![0]);
  if (/[a-z]/i.test(last)) return ofLatin(/[a-z]+$/i.exec(said)![0]);
  return 'open';
}

/** The eighth final consonant of Unicode's composed syllables is ㄹ. */
function ofFinal(final: number): Sound {
  if (final === 0) return 'open';
  return final === 8 ? 'closed by ㄹ' : 'closed';
}

/** Digits are read in Sino-Korean (일 이 삼 …), won and dollars by their unit, and a digit that ends a name (`S3`, `IPv4`) in English. */
function ofNumber(word: string): Sound {
  if (word.startsWith('₩')) return 'closed';
  if (word.startsWith('$')) return 'open';
  const digit = word.at(-1)!;
  if (/\p{L}\d$/u.test(word)) return '179'.includes(digit) ? 'closed' : 'open';
  if ('178'.includes(digit)) return 'closed by ㄹ';
  return '036'.includes(digit) ? 'closed' : 'open';
}

/**
 * Capitals are read letter by letter (`VPC` ends on 시, `URL` on 엘), other words as Koreans say them: 웹 for `web`, 버킷 for `bucket`,
 * 테이블 for `table`, 인스턴스 for `instance`.
 */
function ofLatin(word: string): Sound {
  if (word === word.toUpperCase()) {
    if (/[LR]$/.test(word)) return 'closed by ㄹ';
    return /[MN]$/.test(word) ? 'closed' : 'open';
  }
  const lower = word.toLowerCase();
  if (/check$/.test(lower)) return 'open';
  if (/le?$/.test(lower)) return 'closed by ㄹ';
  // A short vowel before a final b, c, k, p or t is closed by it (웹, 맵, 넷); after a long one or a consonant 으 follows (엔드포인트).
  return /(m|n|ng|[aeiou][mn]e|(^|[^aeiou])[aeiou](b|c|ck|k|p|pp|t)|group)$/.test(lower) ? 'closed' : 'open';
}
