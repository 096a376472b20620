import type { Json } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { words } from '../words.ts';
import { duplicateKey, forbiddenKey, maximumDepth, tooDeep } from './limits.ts';
import { placeAt, type SourceText, setMark } from './marks.ts';

/**
 * Reads JSON as RFC 8259 has it and marks where everything stands. The first error of syntax ends the reading; keys
 * given twice are all reported.
 */
export function readJson(source: SourceText, mistakes: Mistake[]): Json | undefined {
  try {
    return new JsonReader(source, mistakes).document();
  } catch (error) {
    if (!(error instanceof SyntaxStop)) throw error;
    mistakes.push(error.mistake);
    return undefined;
  }
}

class SyntaxStop extends Error {
  readonly mistake: Mistake;

  constructor(mistake: Mistake) {
    super(mistake.code);
    this.mistake = mistake;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class JsonReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #mistakes: Mistake[];
  #at = 0;

  constructor(source: SourceText, mistakes: Mistake[]) {
    this.#source = source;
    this.#text = source.text;
    this.#mistakes = mistakes;
  }

  document(): Json {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#stop();
    return value;
  }

  #value(depth: number): Json {
    if (depth > maximumDepth) throw new SyntaxStop(tooDeep(placeAt(this.#source, this.#at)));
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): Json {
    const start = this.#at++;
    const value: Record<string, Json> = {};
    const keys: string[] = [];
    const offsets: number[] = [];
    this.#space();
    while (this.#text[this.#at] !== '}') {
      if (keys.length > 0) this.#expect(',');
      this.#space();
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') this.#stop();
      const key = this.#string();
      this.#space();
      this.#expect(':');
      this.#space();
      const member = this.#value(depth + 1);
      if (key === '__proto__') this.#mistakes.push(forbiddenKey(placeAt(this.#source, keyAt), key));
      else if (Object.hasOwn(value, key)) this.#mistakes.push(duplicateKey(placeAt(this.#source, keyAt), key));
      else value[key] = member;
      keys.push(key);
      offsets.push(keyAt);
      this.#space();
    }
    this.#at++;
    setMark(value, { source: this.#source, at: start, keys, offsets });
    return value;
  }

  #list(depth: number): Json {
    const start = this.#at++;
    const value: Json[] = [];
    const offsets: number[] = [];
    this.#space();
    while (this.#text[this.#at] !== ']') {
      if (value.length > 0) this.#expect(',');
      this.#space();
      offsets.push(this.#at);
      value.push(this.#value(depth + 1));
      this.#space();
    }
    this.#at++;
    setMark(value, { source: this.#source, at: start, keys: [], offsets });
    return value;
  }

  #string(): string {
    const text = this.#text;
    let from = ++this.#at;
    let result = '';
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x22) {
        result += text.slice(from, this.#at++);
        return result;
      }
      if (code === 0x5c) {
        result += text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else if (code < 0x20 || Number.isNaN(code)) {
        this.#stop();
      } else {
        this.#at++;
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#stop();
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (!Object.hasOwn(escapes, letter)) this.#stop();
    this.#at += 2;
    return escapes[letter] as string;
  }

  #number(): number {
    numberPattern.lastIndex = this.#at;
    const match = numberPattern.exec(this.#text);
    if (!match) return this.#stop();
    this.#at += match[0].length;
    return Number(match[0]);
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#stop();
    this.#at += word.length;
    return value;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#stop();
    this.#at++;
  }

  #stop(): never {
    const found = this.#text[this.#at];
    throw new SyntaxStop(
      mistake('JSON_SYNTAX', placeAt(this.#source, Math.min(this.#at, this.#text.length)), {
        cause:
          found === undefined
            ? words('The file ends in the middle of a value.', '값이 끝나기 전에 파일이 끝납니다.')
            : words(
                `This is not JSON: ${JSON.stringify(found)} cannot stand here.`,
                `JSON 형식이 아닙니다. 이 자리에 ${JSON.stringify(found)} 문자가 올 수 없습니다.`,
              ),
        next: words(
          'Correct the syntax: a missing comma or quotation mark just before this place is the usual reason.',
          '구문을 고치세요. 바로 앞에 쉼표나 따옴표가 빠진 경우가 많습니다.',
        ),
      }),
    );
  }
}
