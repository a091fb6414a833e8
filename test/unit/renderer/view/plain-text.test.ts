import { describe, expect, it } from 'vitest';

import { plainText, proseParts, sentence } from '../../../../renderer/view/plain-text.ts';

describe('text from outside', () => {
  it('stays on one line, without control characters and direction overrides', () => {
    expect(plainText('one\r\ntwo\u001b[31m\u202ethree\u2066')).toBe('one two [31m three');
  });

  it('is cut at a thousand characters', () => {
    const cut = plainText('x'.repeat(5000));
    expect(cut).toHaveLength(1000);
    expect(cut.endsWith('…')).toBe(true);
  });

  it('keeps other scripts and thin spaces', () => {
    expect(plainText('магазин 17\u202f%')).toBe('магазин 17\u202f%');
  });

  it.each([
    ['battery 17 %, draining 9.1 W', 'Battery 17\u202f%, draining 9.1\u202fW.'],
    ['about 5 hours and 3 sixes', 'About 5 hours and 3 sixes.'],
    ['Already one.', 'Already one.'],
    ['', ''],
  ])('reads as a sentence: %j', (text, read) => {
    expect(sentence(text)).toBe(read);
  });

  it.each([
    ['run `orch doctor` now', ['run ', '<orch doctor>', ' now']],
    ['`orch open`', ['<orch open>']],
    ['one ` alone', ['one ` alone']],
    ['`` nothing', ['`` nothing']],
    ['', []],
  ])('shows what is to be typed: %j', (text, parts) => {
    expect(proseParts(text).map((part) => (part.isCode ? `<${part.text}>` : part.text))).toEqual(parts);
  });
});
