import { describe, expect, it } from 'vitest';

import { plainText } from '../../../../core/projects/plain-text.ts';

describe('plainText', () => {
  it.each([
    ['shop', 'shop'],
    ['zażółć 日本 👍', 'zażółć 日本 👍'],
    ['a\nb\tc', 'a\\u000ab\\u0009c'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u202edcba', '\\u202edcba'],
    ['a\u2028b', 'a\\u2028b'],
    ['\ud800', '\\ud800'],
  ])('%j comes out as %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('cuts what is long', () => {
    expect(plainText('x'.repeat(5000))).toHaveLength(1000);
    expect(plainText('x'.repeat(50), 10)).toBe('xxxxxxxxx…');
  });
});
