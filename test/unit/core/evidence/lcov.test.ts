import { describe, expect, it } from 'vitest';

import { parseLcov, type Coverage } from '../../../../core/evidence/lcov.ts';
import { lcovText } from '../../../fakes/made-up-project.ts';

function parsed(text: string): Coverage {
  const work = parseLcov(text);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

describe('parseLcov', () => {
  it('counts lines found and hit', () => {
    expect(parsed(lcovText(10, 7))).toEqual({ linesFound: 10, linesHit: 7 });
    expect(parsed(lcovText(10, 7) + lcovText(4, 4, 'src/b.ts'))).toEqual({ linesFound: 14, linesHit: 11 });
  });

  it('counts a source of several tests once, hit by any of them', () => {
    const one = 'TN:one\nSF:a.c\nDA:1,1\nDA:2,0\nend_of_record\n';
    const other = 'TN:other\nSF:a.c\nDA:1,0\nDA:2,3\nDA:3,0\nend_of_record\n';
    expect(parsed(one + other)).toEqual({ linesFound: 3, linesHit: 2 });
  });

  it('passes over what says nothing about lines, and takes checksums and CRLF', () => {
    const text = [
      '# a comment',
      'TN:',
      'SF:C:\\src\\a.ts',
      'VER:12ab',
      'FN:1,main',
      'FNL:0,1,3',
      'FNDA:5,main',
      'BRDA:1,0,0,-',
      'MCDC:1,2,t,0,0,a',
      'DA:1,5,ab12cd',
      'DA:2,18446744073709551615',
      'end_of_record',
      '',
    ].join('\r\n');
    expect(parsed(text)).toEqual({ linesFound: 2, linesHit: 2 });
  });

  it('takes the sums of a record that lists no lines', () => {
    expect(parsed('SF:a.c\nLF:8\nLH:6\nend_of_record\n')).toEqual({ linesFound: 8, linesHit: 6 });
  });

  it.each([
    ['', ':1 lists no line'],
    ['SF:a.c\nend_of_record\n', ':1 lists no line'],
    ['SF:a.c\nDA:1,1\n', ':2 the file ends before end_of_record'],
    ['SF:a.c\nDA:1,-1\nend_of_record\n', ':2 DA: "-1"; a whole number from 0'],
    ['SF:a.c\nDA:1,NaN\nend_of_record\n', ':2 DA: "NaN"'],
    ['SF:a.c\nDA:1\nend_of_record\n', ':2 DA: ""'],
    ['SF:a.c\nDA:x,1\nend_of_record\n', ':2 DA: "x"'],
    ['SF:a.c\nDA:1,1e9\nend_of_record\n', ':2 DA: "1e9"'],
    ['SF:a.c\nLF:4\nLH:9\nend_of_record\n', 'LH 9 is more than LF 4'],
    ['DA:1,1\n', ':1 DA: stands before any SF'],
    ['<html>', ':1 "<html>" is no line of a tracefile'],
    ['SF:a.c\n\u001b[31mDA:1\n', '\\u001b'],
  ])('refuses %j', (text, message) => {
    expect(() => parsed(text)).toThrow(message);
  });

  it('throws nothing but words, wherever a file is cut off', () => {
    const text = lcovText(5, 3);
    for (let length = 0; length < text.length; length += 1) {
      try {
        parsed(text.slice(0, length));
      } catch (error) {
        expect((error as Error).name).toBe('FileProblem');
      }
    }
  });
});
