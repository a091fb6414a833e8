import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nutWord, parseNutLine } from '../../../../shared/energy/ups-nut-line.ts';

describe('a line of the protocol', () => {
  it.each([
    ['VAR ups ups.status "OB LB"', ['VAR', 'ups', 'ups.status', 'OB LB']],
    ['VAR ups x "a \\"b\\" \\\\ c"', ['VAR', 'ups', 'x', 'a "b" \\ c']],
    ['VAR ups x ""', ['VAR', 'ups', 'x', '']],
    ['  A\t B  ', ['A', 'B']],
    ['a"b c"d', ['ab cd']],
    ['', []],
  ])('%j', (line, words) => {
    expect(parseNutLine(line)).toEqual({ ok: true, words });
  });

  it.each([
    ['VAR ups ups.status "OB LB', 'a quote is not closed'],
    ['VAR ups x "a\\', 'it ends in a lone backslash'],
    ['"', 'a quote is not closed'],
  ])('%j is refused', (line, why) => {
    expect(parseNutLine(line)).toEqual({ ok: false, why });
  });

  it('gives back every word that was sent, whatever is in it', () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n\v\f]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(parseNutLine(words.map(nutWord).join(' '))).toEqual({ ok: true, words });
      }),
      { seed: 20260105 },
    );
  });
});
