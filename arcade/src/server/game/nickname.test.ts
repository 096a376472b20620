import { describe, expect, test } from 'vitest';
import { cleanNickname } from './nickname.ts';

describe('a nickname', () => {
  test.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['달토끼', '달토끼'],
    ['다'.normalize('NFD'), '다'],
    ['Ｆｕｌｌ', 'Full'],
    ['a\u200bb\u202ec', 'abc'],
    ['👩‍🌾 농부', '👩‍🌾 농부'],
    ['🇰🇷', undefined],
    ['\u3164\u3164', undefined],
    ['   ', undefined],
    ['...', undefined],
    ['thirteen char', undefined],
    ['<script>', undefined],
    ['a"onload=', undefined],
    ["'; drop", undefined],
    ['a&lt;b', undefined],
    ['\u0000', undefined],
    [`a${'\u0300'.repeat(20)}`, undefined],
    ['x'.repeat(100_000), undefined],
  ])('%j becomes %j', (given, cleaned) => {
    expect(cleanNickname(given)).toBe(cleaned);
  });
});
