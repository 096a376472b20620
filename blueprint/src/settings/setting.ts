import { type Words, words } from '../words.ts';
import type { SettingMistake } from './settings.ts';

/** What can be said about one setting, for documentation and for messages. */
export interface SettingDescription {
  /** Key in CDK's context: `cdk deploy -c nat=per-zone`, or `"context": { "nat": "per-zone" }` in cdk.json. */
  readonly key: string;
  readonly meaning: Words;
  readonly allowed: Words;
  /** As it would be written in the context. */
  readonly usual: string;
}

/**
 * Reads settings from CDK's context, where values come as text from the command line and as JSON from cdk.json, checks
 * each, and gathers what is wrong with all of them.
 */
export class SettingReader {
  readonly mistakes: SettingMistake[] = [];
  readonly described: SettingDescription[] = [];
  readonly #context: Readonly<Record<string, unknown>>;

  constructor(context: Readonly<Record<string, unknown>>) {
    this.#context = context;
  }

  choice<T extends string>(key: string, choices: readonly T[], usual: T, meaning: Words): T {
    const listed = choices.join(', ');
    return this.#read(key, usual, meaning, words(`one of ${listed}`, `${listed} 중 하나`), (given) =>
      choices.find((choice) => choice === given),
    );
  }

  whole(key: string, [least, most]: readonly [number, number], usual: number, meaning: Words): number {
    const allowed = words(`a whole number from ${least} to ${most}`, `${least} 이상 ${most} 이하의 정수`);
    return this.#read(key, usual, meaning, allowed, (given) => {
      const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
      return number >= least && number <= most ? number : undefined;
    });
  }

  number(key: string, [least, most]: readonly [number, number], usual: number, meaning: Words): number {
    const allowed = words(`a number from ${least} to ${most}`, `${least} 이상 ${most} 이하의 수`);
    return this.#read(key, usual, meaning, allowed, (given) => {
      const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      return typeof number === 'number' && number >= least && number <= most ? number : undefined;
    });
  }

  yes(key: string, usual: boolean, meaning: Words): boolean {
    return this.#read(key, usual, meaning, words('true or false', 'true 또는 false'), (given) =>
      given === true || given === 'true' ? true : given === false || given === 'false' ? false : undefined,
    );
  }

  text(key: string, pattern: RegExp, usual: string, meaning: Words, allowed: Words): string {
    return this.#read(key, usual, meaning, allowed, (given) =>
      typeof given === 'string' && pattern.test(given) ? given : undefined,
    );
  }

  /** A text that may be left out by `none`. */
  optional(key: string, pattern: RegExp, usual: string | null, meaning: Words, allowed: Words): string | null {
    const orNone = words(`${allowed.en}, or none`, `${allowed.ko} 또는 none`);
    return this.#read<string | null>(key, usual, meaning, orNone, (given) =>
      given === 'none' || given === null ? null : typeof given === 'string' && pattern.test(given) ? given : undefined,
    );
  }

  /** Texts of a fixed number, as a JSON list or with commas. */
  texts<T extends readonly string[]>(key: string, pattern: RegExp, usual: T, meaning: Words, allowed: Words): T {
    const list = words(`${usual.length} of: ${allowed.en}`, `${allowed.ko} ${usual.length}개`);
    return this.#read(key, usual, meaning, list, (given) => {
      const parts = typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given;
      if (!Array.isArray(parts) || parts.length !== usual.length) return undefined;
      return parts.every((part) => typeof part === 'string' && pattern.test(part))
        ? (parts as readonly string[] as T)
        : undefined;
    });
  }

  refuse(setting: string, cause: Words, next: Words): void {
    this.mistakes.push({ setting, cause, next });
  }

  #read<T>(key: string, usual: T, meaning: Words, allowed: Words, parse: (given: unknown) => T | undefined): T {
    this.described.push({
      key,
      meaning,
      allowed,
      usual: Array.isArray(usual) ? usual.join(',') : String(usual ?? 'none'),
    });
    const given = this.#context[key];
    if (given === undefined) return usual;
    const value = parse(given);
    if (value !== undefined) return value;
    this.refuse(
      key,
      words(`${key} is ${JSON.stringify(given)}`, `${key} 값이 ${JSON.stringify(given)}입니다`),
      words(`give ${allowed.en}`, `허용되는 값: ${allowed.ko}`),
    );
    return usual;
  }
}
